/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import java.nio.file.Path;
import java.util.List;

/**
 * How many classes a JVM's own log names.
 *
 * @param loaded all of them
 * @param shared those that came out of the class-data archive or the AOT cache
 */
record ClassLog(long loaded, long shared) {
  private static final String SOURCE = " source: ";

  /** The flag that makes a JVM write the log. */
  static String flag(Path file) {
    return "-Xlog:class+load:file=" + file + "::filecount=0";
  }

  /** Reads it up to the class of that name, or whole if that is null. */
  static ClassLog read(List<String> lines, String until) {
    long loaded = 0;
    long shared = 0;
    for (String line : lines) {
      int source = line.indexOf(SOURCE);
      if (source < 0) {
        continue;
      }
      if (until != null && line.substring(0, source).endsWith(" " + until)) {
        return new ClassLog(loaded, shared);
      }
      loaded++;
      if (line.startsWith("shared objects file", source + SOURCE.length())) {
        shared++;
      }
    }
    if (until != null) {
      throw new IllegalArgumentException(until + " was not loaded");
    }
    return new ClassLog(loaded, shared);
  }
}
