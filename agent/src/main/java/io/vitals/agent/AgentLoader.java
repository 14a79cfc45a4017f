/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * Loads everything of the agent but its door out of a folder of the agent's jar, apart from the
 * application.
 *
 * <p>Its parent is the platform's loader, so neither side sees the other's libraries. Class files
 * have the suffix {@code .classdata}, which no scanner of class paths takes for classes.
 */
final class AgentLoader extends ClassLoader {
  private static final String ROOT = "vitals/lib/";

  static {
    registerAsParallelCapable();
  }

  private static AgentLoader instance;

  private final JarFile jar;

  private AgentLoader(File file) throws IOException {
    super(platformLoader());
    // Opened without verification: the JVM has opened the same file, so its index is shared.
    this.jar = new JarFile(file, false);
  }

  /** The loader below the boot loader: the platform's, or that of extensions on 8. */
  private static ClassLoader platformLoader() {
    ClassLoader loader = ClassLoader.getSystemClassLoader();
    while (loader.getParent() != null) {
      loader = loader.getParent();
    }
    return loader;
  }

  /** The one loader of this JVM, so that a second start finds the first. */
  static synchronized AgentLoader of(File file) throws IOException {
    if (instance == null) {
      instance = new AgentLoader(file);
    }
    return instance;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        loaded = isOurs(name) ? findClass(name) : super.loadClass(name, resolve);
      }
      return loaded;
    }
  }

  /** Names that are looked for here alone, which spares the parents' search. */
  private static boolean isOurs(String name) {
    return name.startsWith("io.vitals.")
        || name.startsWith("io.opentelemetry.")
        || name.startsWith("net.bytebuddy.");
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes;
    try {
      bytes = read(ROOT + name.replace('.', '/') + ".classdata");
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length, AgentLoader.class.getProtectionDomain());
  }

  /** The bytes of an entry of the jar, or null. */
  private byte[] read(String entryName) throws IOException {
    ZipEntry entry = jar.getEntry(entryName);
    if (entry == null) {
      return null;
    }
    byte[] bytes = new byte[(int) entry.getSize()];
    try (InputStream in = jar.getInputStream(entry)) {
      int at = 0;
      while (at < bytes.length) {
        int count = in.read(bytes, at, bytes.length - at);
        if (count < 0) {
          throw new IOException(entryName + " is cut off in " + jar.getName());
        }
        at += count;
      }
    }
    return bytes;
  }

  @Override
  public URL getResource(String name) {
    return findResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) {
    return findResources(name);
  }

  @Override
  protected URL findResource(String name) {
    String entryName = entryName(name);
    if (jar.getEntry(entryName) == null) {
      return null;
    }
    try {
      // With a handler of its own, so that the application's handler factory is not asked.
      return new URL(null, "vitals:" + entryName, new EntryHandler());
    } catch (IOException malformed) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL found = findResource(name);
    return found == null
        ? Collections.<URL>emptyEnumeration()
        : Collections.enumeration(Collections.singleton(found));
  }

  @Override
  public InputStream getResourceAsStream(String name) {
    try {
      byte[] bytes = read(entryName(name));
      return bytes == null ? null : new ByteArrayInputStream(bytes);
    } catch (IOException unreadable) {
      return null;
    }
  }

  private static String entryName(String name) {
    return ROOT + (name.endsWith(".class") ? name + "data" : name);
  }

  private final class EntryHandler extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() throws IOException {
          byte[] bytes = read(getURL().getPath());
          if (bytes == null) {
            throw new FileNotFoundException(getURL().toString());
          }
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }
}
