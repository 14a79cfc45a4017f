/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import io.vitals.bootstrap.NestedBenchmark;
import io.vitals.bootstrap.ProbeBenchmark;
import io.vitals.bootstrap.PropagationBenchmark;
import io.vitals.exporter.aggregate.AggregatorBenchmark;
import io.vitals.exporter.aggregate.LatencyBenchmark;
import io.vitals.exporter.aggregate.SeriesTableBenchmark;
import io.vitals.exporter.db.StatementsBenchmark;
import io.vitals.exporter.queue.HandoffBenchmark;
import io.vitals.exporter.rule.RuleEvaluationBenchmark;
import io.vitals.exporter.span.SpanEncoderBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Has JMH measure the parts of a request's road one by one, each beside its floor: with 1, 2 and 4
 * threads, which are platform threads and, where there are any, virtual ones.
 *
 * <p>What is one thread's in the agent (the drain, series, histograms, the encoder, rules) is so
 * here: each thread has its own, and they share the processor's caches alone. Probes offer to one
 * queue, and so does the hand-off to a busy one.
 */
final class Micro {
  private static final List<Class<?>> BENCHMARKS =
      List.of(
          ProbeBenchmark.class,
          NestedBenchmark.class,
          PropagationBenchmark.class,
          HandoffBenchmark.class,
          AggregatorBenchmark.class,
          SeriesTableBenchmark.class,
          LatencyBenchmark.class,
          StatementsBenchmark.class,
          SpanEncoderBenchmark.class,
          RuleEvaluationBenchmark.class);

  private static final int[] THREADS = {1, 2, 4};

  /** The first JDK with virtual threads. */
  private static final int VIRTUAL = 21;

  private static final int MILLIS = 300;

  private final Jdk jdk;
  private final int forks;
  private final int millis;

  /** Some forty benchmarks with eight iterations each, three or six times. */
  Micro(Jdk jdk) {
    this(jdk, 1, MILLIS);
  }

  /** With iterations of so many milliseconds; in this process with no forks. */
  Micro(Jdk jdk, int forks, int millis) {
    this.jdk = jdk;
    this.forks = forks;
    this.millis = millis;
  }

  /** What one benchmark costs: nanoseconds of an operation in each iteration, and its bytes. */
  record Cost(Series nanos, double bytes) {
    private String text() {
      boolean noisy = nanos.spread() > Added.UNKNOWN * nanos.median();
      return Report.number(nanos.median()) + (noisy ? " ?" : "");
    }
  }

  /** Measures all of them, and writes a table. */
  String run() throws IOException {
    Map<String, Map<String, Cost>> columns = new LinkedHashMap<>();
    for (boolean virtual : jdk.version() >= VIRTUAL ? List.of(false, true) : List.of(false)) {
      for (int threads : THREADS) {
        String title = threads + (virtual ? " virtual" : "");
        System.err.println("Micro benchmarks, " + jdk.description() + ", threads: " + title);
        columns.put(title, measure(threads, virtual));
      }
    }
    return table(columns);
  }

  /** Bytes of the first column, and nanoseconds of each. */
  static String table(Map<String, Map<String, Cost>> columns) {
    StringBuilder table = new StringBuilder("| | B");
    columns.keySet().forEach(title -> table.append(" | ").append(title));
    table.append(" |\n|---|--:").append("|--:".repeat(columns.size())).append("|\n");
    Map<String, Cost> first = columns.values().iterator().next();
    first.forEach(
        (name, cost) -> {
          table.append("| ").append(name).append(" | ").append(Report.number(cost.bytes()));
          columns.values().forEach(column -> table.append(" | ").append(column.get(name).text()));
          table.append(" |\n");
        });
    return table.toString();
  }

  /** What each of them costs with so many threads, by its name. */
  Map<String, Cost> measure(int threads, boolean virtual) throws IOException {
    System.setProperty("java.class.path", ClassPath.ofThisProgram());
    Path output = Files.createTempFile("vitals-micro", ".jmh");
    Map<String, Cost> costs = new TreeMap<>();
    try {
      for (RunResult result : Jmh.run(options(threads, virtual, output))) {
        costs.put(name(result.getParams()), cost(result));
      }
    } finally {
      Files.delete(output);
    }
    return costs;
  }

  private Options options(int threads, boolean virtual, Path output) {
    OptionsBuilder options = new OptionsBuilder();
    for (Class<?> benchmark : BENCHMARKS) {
      // The way of the SDK is what ours was compared with, and no floor.
      options.include(benchmark.getName() + "\\.(?!mapperAndMarshaler)");
    }
    if (virtual) {
      // JMH waits for all of them, and one that measures lets no other run in its stead.
      options.jvmArgs(
          "-Djmh.executor=VIRTUAL", "-Djdk.virtualThreadScheduler.parallelism=" + threads);
    }
    return options
        .jvm(jdk.java())
        .param("sampled", "true")
        .param("histogramBytes", "12582912")
        .param("rules", "mixed")
        .param("seconds", "10")
        .threads(threads)
        .forks(forks)
        .warmupIterations(3)
        .warmupTime(TimeValue.milliseconds(millis))
        .measurementIterations(5)
        .measurementTime(TimeValue.milliseconds(millis))
        .addProfiler(GCProfiler.class)
        .output(output.toString())
        .shouldFailOnError(true)
        .build();
  }

  private static String name(BenchmarkParams params) {
    String[] path = params.getBenchmark().split("\\.");
    String name = path[path.length - 2].replace("Benchmark", "") + "." + path[path.length - 1];
    String depth = params.getParam("depth");
    return depth == null ? name : String.format("%s, %2s deep", name, depth);
  }

  private static Cost cost(RunResult result) {
    Series scores = Jmh.iterations(result, IterationResult::getPrimaryResult);
    Series bytes =
        Jmh.iterations(result, each -> each.getSecondaryResults().get("gc.alloc.rate.norm"));
    boolean micros = result.getPrimaryResult().getScoreUnit().startsWith("us");
    return new Cost(micros ? scores.times(1000) : scores, bytes.median());
  }
}
