/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Writes a measured value as people read it, such as {@code 512 ms}, {@code 12.3 %}. */
final class ValueText {
  private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);
  private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB"};

  /** A part of a whole, which people read in hundredths. */
  static final String SHARE = "%";

  private ValueText() {}

  /**
   * Writes a value.
   *
   * @param unit {@code s}, {@code By}, {@link #SHARE}, {@code 1/s}, or anything else for a plain
   *     number; may be null
   */
  static String of(double value, String unit) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return String.valueOf(value);
    }
    if ("s".equals(unit)) {
      return seconds(value);
    }
    if ("By".equals(unit)) {
      return bytes(value);
    }
    if (SHARE.equals(unit)) {
      return number(value * 100) + " %";
    }
    return "1/s".equals(unit) ? number(value) + "/s" : number(value);
  }

  private static String seconds(double value) {
    double absolute = Math.abs(value);
    if (absolute >= 1 || absolute == 0) {
      return number(value) + " s";
    }
    return absolute >= 0.001 ? number(value * 1e3) + " ms" : number(value * 1e6) + " us";
  }

  private static String bytes(double value) {
    double left = value;
    int unit = 0;
    while (Math.abs(left) >= 1024 && unit + 1 < BYTES.length) {
      left /= 1024;
      unit++;
    }
    return number(left) + " " + BYTES[unit];
  }

  /** Three digits that count, whole numbers whole. */
  private static String number(double value) {
    if (Math.abs(value) >= 1000 || value == Math.rint(value)) {
      return new BigDecimal(value).setScale(0, RoundingMode.HALF_UP).toPlainString();
    }
    String text = new BigDecimal(value).round(THREE_DIGITS).toPlainString();
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }
}
