/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks;

import java.io.File;
import java.io.IOException;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs benchmarks with JMH's own command line, reporting bytes and CPU time beside time.
 *
 * <p>Started in the project's folder. The forked JVMs find the packaged agent first on the class
 * path, so that one with {@code -javaagent} takes the agent's door from there; what it exports goes
 * to a {@link Backend} here, whose counts are printed after the results.
 */
public final class Benchmarks {
  private static final String AGENT = "agent/target/vitals-agent.jar";

  private Benchmarks() {}

  /** Runs the benchmarks that the arguments name. */
  public static void main(String[] arguments)
      throws RunnerException, CommandLineOptionException, IOException {
    System.setProperty(
        "java.class.path",
        new File(AGENT).getAbsolutePath()
            + File.pathSeparator
            + System.getProperty("java.class.path"));
    try (Backend backend = new Backend()) {
      new Runner(
              new OptionsBuilder()
                  .parent(new CommandLineOptions(arguments))
                  .addProfiler(GCProfiler.class)
                  .addProfiler(WorkerCost.class)
                  .addProfiler(ProcessCost.class)
                  .shouldFailOnError(true)
                  .jvmArgsPrepend("-Dotel.exporter.otlp.endpoint=" + backend.endpoint())
                  .build())
          .run();
      backend.report().forEach(System.out::println);
    }
  }
}
