/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder or jar of the class path. */
final class ClassPathElement {
  private final Path path;

  ClassPathElement(Path path) {
    this.path = path;
  }

  /** Hands over each file by its name relative to the root, in a fixed order. */
  void forEach(BiConsumer<String, byte[]> file) throws IOException {
    if (Files.isDirectory(path)) {
      forEachFile(file);
    } else if (Files.exists(path)) {
      forEachEntry(file);
    }
  }

  private void forEachFile(BiConsumer<String, byte[]> file) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(path)) {
      files = walk.filter(Files::isRegularFile).sorted().collect(Collectors.toList());
    }
    for (Path each : files) {
      file.accept(path.relativize(each).toString().replace('\\', '/'), Files.readAllBytes(each));
    }
  }

  private void forEachEntry(BiConsumer<String, byte[]> file) throws IOException {
    try (JarFile jar = new JarFile(path.toFile())) {
      for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
        JarEntry entry = entries.nextElement();
        if (!entry.isDirectory()) {
          try (InputStream in = jar.getInputStream(entry)) {
            file.accept(entry.getName(), readAll(in));
          }
        }
      }
    }
  }

  private static byte[] readAll(InputStream in) throws IOException {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    byte[] buffer = new byte[16384];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
    }
    return out.toByteArray();
  }
}
