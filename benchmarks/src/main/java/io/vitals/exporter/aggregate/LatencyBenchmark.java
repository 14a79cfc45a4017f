/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

import io.vitals.exporter.self.Counters;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Recording one duration: among the raw ones, in a fine histogram, in a coarse one.
 *
 * <p>2026-11-21, OpenJDK 17.0.15+6-Debian, 2-core shared x86-64 machine at a load of 8, CPU time
 * and bytes of the thread:
 *
 * <pre>
 * record, fine                          13 ns   0 B
 * record, coarse                        11 ns   0 B
 * recordRaw, with a new series each 64  11 ns  16 B
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LatencyBenchmark {
  private static final int DURATIONS = 1 << 14;

  /** Bytes for histograms: none leaves the coarse ones. */
  @Param({"12582912", "0"})
  public long histogramBytes;

  private final long[] durations = new long[DURATIONS];
  private final Counters counters = new Counters();
  private Latency latency;
  private final long[] cells = new long[4096];
  private int next;

  @Setup
  public void fill() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < DURATIONS; i++) {
      // Three powers of ten, most of them short: 0.1 ms to 100 ms.
      durations[i] = (long) (100_000 * Math.pow(1000, random.nextDouble() * random.nextDouble()));
    }
    latency =
        new Latency(Metric.HTTP_SERVER.bounds(), new HistogramMemory(histogramBytes, counters));
    for (long duration : durations) {
      latency.record(duration);
    }
  }

  /** The physical limit: the next duration, and one cell of an array. */
  @Benchmark
  public long floor() {
    next = next + 1 & DURATIONS - 1;
    return ++cells[(int) durations[next] & cells.length - 1];
  }

  /** The end of an interval of 16,384 durations: their distribution is taken, counts begin anew. */
  @Benchmark
  @OperationsPerInvocation(DURATIONS)
  public Object recordAndRoll() {
    for (long duration : durations) {
      latency.record(duration);
    }
    return latency.take(null);
  }

  @Benchmark
  public int record() {
    next = next + 1 & DURATIONS - 1;
    return latency.record(durations[next]);
  }

  /** The first durations of an interval, which are kept as they are, and the series around them. */
  @Benchmark
  @OperationsPerInvocation(Latency.MOST_RAW)
  public Object recordRaw() {
    Latency fresh =
        new Latency(Metric.HTTP_SERVER.bounds(), new HistogramMemory(histogramBytes, counters));
    for (int i = 0; i < Latency.MOST_RAW; i++) {
      fresh.record(durations[i]);
    }
    return fresh;
  }
}
