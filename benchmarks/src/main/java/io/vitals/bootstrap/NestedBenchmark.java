/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Calls inside calls, each a span: what depth adds, beside as many pairs of clock readings and one
 * offer.
 *
 * <p>For threads add {@code -t 1}, {@code 2} or {@code 4}, or see the table of all in the README.
 *
 * <p>2026-11-26, OpenJDK 17.0.15+6-Debian, 2-core shared x86-64 machine at a load of 2, one thread:
 *
 * <pre>
 * depth      1       4        16
 * floor     67     257       966 ns
 * spans     80     291     1,192 ns    104 B each
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NestedBenchmark {
  @Param({"1", "4", "16"})
  public int depth;

  private static final AmpleQueue QUEUE = new AmpleQueue();
  private long nanos;

  @Setup
  public void install() {
    Probe.install(QUEUE);
    String[] none = {};
    Settings.current =
        new Settings(Sampler.ALWAYS_ON, Propagation.W3C, PathFilter.NONE, none, none, none, none);
  }

  /** The physical limit. */
  @Benchmark
  public void floor() {
    for (int i = 0; i < depth; i++) {
      nanos += System.nanoTime();
      nanos -= System.nanoTime();
    }
    QUEUE.put(this);
  }

  @Benchmark
  public void spans() {
    call(depth);
  }

  private static void call(int left) {
    if (left == 0) {
      return;
    }
    Current current = Current.get();
    DbSpan span = Probe.startDb(current);
    call(left - 1);
    Probe.end(current, span, null);
  }
}
