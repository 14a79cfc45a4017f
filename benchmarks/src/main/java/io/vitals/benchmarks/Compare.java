/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks;

import io.vitals.benchmarks.comparison.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Compares what Vitals costs with what other agents cost, and writes the report as Markdown.
 *
 * <p>Started in the project's folder. Ends with status 1 if a peer did not do its work.
 */
public final class Compare {
  private static final Path REPORT = Path.of("benchmarks", "target", "comparison.md");

  private Compare() {}

  /** Runs the comparison; the arguments are {@code quick} or {@code full}, and settings. */
  public static void main(String[] arguments) throws Exception {
    Comparison.Outcome outcome = Comparison.run(List.of(arguments));
    report(outcome.report());
    System.exit(outcome.whole() ? 0 : 1);
  }

  private static void report(String text) throws IOException {
    Files.writeString(REPORT, text);
    System.out.println(text);
    System.out.println("The report lies in " + REPORT.toAbsolutePath());
  }
}
