/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.packaging;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the licence and notice files of the libraries that the jar contains. */
final class Licences {
  private final TreeMap<String, byte[]> files = new TreeMap<>();

  /** Takes the file if it is a licence or notice. */
  boolean take(Path element, String name, byte[] bytes) {
    String file = name.startsWith("META-INF/") ? name.substring("META-INF/".length()) : name;
    String upper = file.toUpperCase(java.util.Locale.ROOT);
    if (!upper.startsWith("LICENSE") && !upper.startsWith("NOTICE")) {
      return false;
    }
    String library = element.getFileName().toString().replaceAll("\\.jar$", "");
    files.put("META-INF/licenses/" + library + "/" + file.replace('/', '-'), bytes);
    return true;
  }

  void addTo(Map<String, byte[]> entries) {
    entries.putAll(files);
  }
}
