/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.config;

/** Parses durations as OpenTelemetry writes them: {@code 500}, {@code 10s}, {@code 2m}. */
public final class Durations {
  private Durations() {}

  /**
   * The nanoseconds of a duration.
   *
   * @param text a whole number, in milliseconds unless a unit follows: ns, us, ms, s, m, h or d
   * @return the duration, or -1 if the text is not one or does not fit
   */
  public static long nanos(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    long unit = unitNanos(text.substring(digits).trim());
    // 18 digits always fit into a long.
    if (digits == 0 || digits > 18 || unit < 0) {
      return -1;
    }
    long amount = Long.parseLong(text.substring(0, digits));
    return amount > Long.MAX_VALUE / unit ? -1 : amount * unit;
  }

  private static long unitNanos(String unit) {
    switch (unit) {
      case "ns":
        return 1;
      case "us":
        return 1_000L;
      case "":
      case "ms":
        return 1_000_000L;
      case "s":
        return 1_000_000_000L;
      case "m":
        return 60_000_000_000L;
      case "h":
        return 3_600_000_000_000L;
      case "d":
        return 86_400_000_000_000L;
      default:
        return -1;
    }
  }
}
