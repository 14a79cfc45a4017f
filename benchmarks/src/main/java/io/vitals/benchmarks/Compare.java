/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks;

import io.vitals.benchmarks.comparison.Comparison;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Compares what Vitals costs with what other agents cost, and writes the report as Markdown.
 *
 * <p>Started in the project's folder. Ends with status 1 if a peer did not do its work, or if what
 * is held of the goals ({@code Goal}) is no longer true.
 */
public final class Compare {
  private static final Path REPORT = Path.of("benchmarks", "target", "comparison.md");

  private Compare() {}

  /** Runs the comparison; the arguments are {@code quick} or {@code full}, and settings. */
  public static void main(String[] arguments) throws Exception {
    boolean whole = Comparison.run(List.of(arguments), Compare::write);
    System.out.println(Files.readString(REPORT));
    System.out.println("The report lies in " + REPORT.toAbsolutePath());
    System.exit(whole ? 0 : 1);
  }

  private static void write(String report) {
    try {
      Files.writeString(REPORT, report);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
