/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.packaging;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Merges the service files of all libraries. */
final class Services {
  private static final String FOLDER = "META-INF/services/";

  private final TreeMap<String, String> files = new TreeMap<>();

  /** Takes the file if it is a service file. */
  boolean take(String name, byte[] bytes) {
    if (!name.startsWith(FOLDER)) {
      return false;
    }
    files.merge(name, new String(bytes, StandardCharsets.UTF_8), (one, two) -> one + "\n" + two);
    return true;
  }

  void addTo(Map<String, byte[]> lib) {
    files.forEach((name, text) -> lib.put(name, text.getBytes(StandardCharsets.UTF_8)));
  }
}
