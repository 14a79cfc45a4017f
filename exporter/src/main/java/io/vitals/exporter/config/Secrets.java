/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.config;

import java.util.Locale;

/** Tells which names belong to values that are not for everybody to read. */
public final class Secrets {
  private static final String[] WORDS = {
    "header", "password", "passwd", "token", "secret", "key", "credential"
  };

  /** The name of a file, which who mistyped it wants to see. */
  private static final String KEY_FILE = ".client.key";

  private Secrets() {}

  /** Whether the value of something with this name must not be shown. */
  public static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(KEY_FILE)) {
      return false;
    }
    for (String word : WORDS) {
      if (lower.contains(word)) {
        return true;
      }
    }
    return false;
  }
}
