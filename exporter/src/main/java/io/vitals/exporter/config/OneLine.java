/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.config;

/** What others have written, as it may stand in one line of the log. */
public final class OneLine {
  private static final int LONGEST = 256;

  private OneLine() {}

  /**
   * The text with a blank for each run of white space and control characters, cut if it is long.
   */
  public static String of(String text) {
    String whole = String.valueOf(text);
    // What is cut off is not looked at: it may be megabytes.
    String begin = whole.length() > 2 * LONGEST ? whole.substring(0, 2 * LONGEST) : whole;
    String line = begin.trim().replaceAll("[\\s\\p{Cntrl}]+", " ");
    return line.length() > LONGEST || begin.length() < whole.length()
        ? line.substring(0, Math.min(line.length(), LONGEST))
            + "... ("
            + whole.length()
            + " characters)"
        : line;
  }
}
