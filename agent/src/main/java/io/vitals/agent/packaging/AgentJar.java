/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.packaging;

import io.vitals.agent.Library;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;

/** Writes the jar so that the same content gives the same bytes. */
final class AgentJar {
  /** 1980-01-01T12:00Z and later by no zone: the oldest time a zip file can say. */
  private static final long FIXED_TIME_MILLIS = 315_576_000_000L;

  private AgentJar() {}

  /** The library is stored, not compressed, so that its reader can skip to what it wants. */
  static void write(File jar, String version, Map<String, byte[]> entries, byte[] library)
      throws IOException {
    try (JarOutputStream out = new JarOutputStream(new FileOutputStream(jar))) {
      out.setLevel(Deflater.BEST_COMPRESSION);
      put(out, "META-INF/MANIFEST.MF", manifest(version));
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        put(out, entry.getKey(), entry.getValue());
      }
      store(out, Library.ENTRY, library);
    }
  }

  private static void put(JarOutputStream out, String name, byte[] bytes) throws IOException {
    write(out, new JarEntry(name), bytes);
  }

  private static void store(JarOutputStream out, String name, byte[] bytes) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    JarEntry entry = new JarEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(sum.getValue());
    write(out, entry, bytes);
  }

  private static void write(JarOutputStream out, JarEntry entry, byte[] bytes) throws IOException {
    entry.setTime(FIXED_TIME_MILLIS);
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }

  private static byte[] manifest(String version) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.IMPLEMENTATION_TITLE, "vitals-agent");
    main.put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    for (String name : new String[] {"Premain-Class", "Agent-Class", "Main-Class"}) {
      main.putValue(name, "io.vitals.agent.VitalsAgent");
    }
    main.putValue("Can-Redefine-Classes", "true");
    main.putValue("Can-Retransform-Classes", "true");
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    manifest.write(bytes);
    return bytes.toByteArray();
  }
}
