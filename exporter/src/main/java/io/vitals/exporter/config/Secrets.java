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

  private Secrets() {}

  /** Whether the value of something with this name must not be shown. */
  public static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String word : WORDS) {
      if (lower.contains(word)) {
        return true;
      }
    }
    return false;
  }
}
