/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.Function;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;

/** Runs JMH and reads what it has measured. */
final class Jmh {
  private Jmh() {}

  /**
   * Runs benchmarks whose options name a file for the output.
   *
   * @throws IllegalStateException with all of the output, if one of them fails
   */
  static Collection<RunResult> run(Options options) throws IOException {
    try {
      return new Runner(options).run();
    } catch (RunnerException failed) {
      String output = Files.readString(Path.of(options.getOutput().get()));
      throw new IllegalStateException(failed.getMessage() + "\n" + output, failed);
    }
  }

  /** The scores of one result in all iterations. */
  static Series iterations(RunResult result, Function<IterationResult, Result<?>> which) {
    Series scores = Series.of();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        scores.add(which.apply(iteration).getScore());
      }
    }
    return scores;
  }
}
