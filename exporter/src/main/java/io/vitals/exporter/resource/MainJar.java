/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.resource;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** The file given to {@code java -jar}, or nothing; what cannot be read is not there. */
final class MainJar {
  /** Configuration files are a few KB; one beyond this is none. */
  private static final int LONGEST_ENTRY = 1 << 20;

  private final File file;

  MainJar(File file) {
    this.file = file;
  }

  /** With {@code -jar} the class path is that file alone, and the command begins with it. */
  static MainJar ofThisProcess() {
    String path = System.getProperty("java.class.path", "");
    String command = System.getProperty("sun.java.command", "");
    boolean isJar =
        !path.isEmpty()
            && path.toLowerCase(java.util.Locale.ROOT).endsWith(".jar")
            && (command.equals(path) || command.startsWith(path + " "))
            && new File(path).isFile();
    return new MainJar(isJar ? new File(path) : null);
  }

  String fileName() {
    return file == null ? null : file.getName();
  }

  String nameWithoutEnding() {
    String name = fileName();
    int dot = name == null ? -1 : name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** A main attribute of the manifest, or null. */
  String manifest(String name) {
    if (file == null) {
      return null;
    }
    try (JarFile jar = new JarFile(file, false)) {
      Manifest manifest = jar.getManifest();
      Attributes attributes = manifest == null ? null : manifest.getMainAttributes();
      String value = attributes == null ? null : attributes.getValue(name);
      return value == null || value.trim().isEmpty() ? null : value.trim();
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  /** The bytes of an entry, or null. */
  byte[] entry(String name) {
    if (file == null) {
      return null;
    }
    try (JarFile jar = new JarFile(file, false)) {
      ZipEntry entry = jar.getEntry(name);
      if (entry == null) {
        return null;
      }
      try (InputStream stream = jar.getInputStream(entry)) {
        return read(stream);
      }
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  /** All of a stream, or null if it is too long. */
  static byte[] read(InputStream stream) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    for (int read; (read = stream.read(buffer)) >= 0; ) {
      bytes.write(buffer, 0, read);
      if (bytes.size() > LONGEST_ENTRY) {
        return null;
      }
    }
    return bytes.toByteArray();
  }
}
