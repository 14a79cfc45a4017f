/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.config;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Decodes {@code %20} and its like in UTF-8; a plus sign stays one, broken text stays as it is. */
final class PercentCode {
  private PercentCode() {}

  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length; i++) {
      int value = raw[i] == '%' && i + 2 < raw.length ? hex(raw[i + 1], raw[i + 2]) : -1;
      bytes.write(value < 0 ? raw[i] : value);
      if (value >= 0) {
        i += 2;
      }
    }
    return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
  }

  private static int hex(byte high, byte low) {
    int upper = Character.digit((char) high, 16);
    int lower = Character.digit((char) low, 16);
    return upper < 0 || lower < 0 ? -1 : upper << 4 | lower;
  }
}
