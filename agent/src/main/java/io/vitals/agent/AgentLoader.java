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

/**
 * Loads everything of the agent but its door out of the {@link Library}, apart from the
 * application.
 *
 * <p>Its parent is the platform's loader, so neither side sees the other's libraries, and no
 * scanner of class paths finds a class of them.
 */
final class AgentLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static AgentLoader instance;

  private final Library library;

  private AgentLoader(Library library) {
    super(platformLoader());
    this.library = library;
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
      instance = new AgentLoader(new Library(file));
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
      bytes = library.read(name.replace('.', '/') + ".class");
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length, AgentLoader.class.getProtectionDomain());
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
    try {
      // With a handler of its own, so that the application's handler factory is not asked.
      return library.has(name) ? new URL(null, "vitals:" + name, new FileHandler()) : null;
    } catch (IOException unreadable) {
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
      byte[] bytes = library.read(name);
      return bytes == null ? null : new ByteArrayInputStream(bytes);
    } catch (IOException unreadable) {
      return null;
    }
  }

  private final class FileHandler extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() throws IOException {
          byte[] bytes = library.read(getURL().getPath());
          if (bytes == null) {
            throw new FileNotFoundException(getURL().toString());
          }
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }
}
