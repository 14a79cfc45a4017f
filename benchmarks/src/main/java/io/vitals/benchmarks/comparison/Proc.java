/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

/** Reads figures of the files that Linux keeps about a process (proc(5)). */
final class Proc {
  private Proc() {}

  /** User and system time in clock ticks, of {@code /proc/PID/stat}. */
  static long cpuTicks(String stat) {
    // The second field is the program's name in parentheses, which may hold anything.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ");
    // Fields 14 and 15, counted from 1; the first of these is field 3.
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  /** The number behind a name in {@code /proc/PID/status}. */
  static long number(String status, String name) {
    return Long.parseLong(text(status, name).split(" ")[0]);
  }

  /** The text behind the first line with that name, of {@code NAME: TEXT} lines. */
  static String text(String lines, String name) {
    for (String line : lines.split("\n")) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).strip().equals(name)) {
        return line.substring(colon + 1).strip();
      }
    }
    throw new IllegalArgumentException("no line \"" + name + ":\" in:\n" + lines);
  }
}
