/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.packaging;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;

/** Writes the bridge's classes into one file, supertypes before subtypes. */
final class BridgeFile {
  private BridgeFile() {}

  static byte[] write(Map<String, byte[]> classes) throws IOException {
    Map<String, byte[]> ordered = new LinkedHashMap<>();
    for (String name : classes.keySet()) {
      add(name, classes, ordered);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(ordered.size());
    for (Map.Entry<String, byte[]> each : ordered.entrySet()) {
      out.writeUTF(each.getKey());
      out.writeInt(each.getValue().length);
      out.write(each.getValue());
    }
    return bytes.toByteArray();
  }

  private static void add(String name, Map<String, byte[]> classes, Map<String, byte[]> ordered) {
    byte[] bytes = classes.get(name);
    if (bytes == null || ordered.containsKey(name)) {
      return;
    }
    ClassReader reader = new ClassReader(bytes);
    add(reader.getSuperName(), classes, ordered);
    for (String implemented : reader.getInterfaces()) {
      add(implemented, classes, ordered);
    }
    ordered.put(name, bytes);
  }
}
