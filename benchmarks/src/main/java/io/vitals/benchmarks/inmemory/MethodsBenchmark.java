/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.inmemory;

import io.vitals.instrumentation.method.Monitored;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * MooBench's shape for the comparison: a method that calls itself ten deep and does nothing, which
 * each agent's configuration names. Ten spans, 10,000 a second.
 *
 * <p>It rests while it warms up too, so that every span that does not arrive is a lost one.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(1)
public class MethodsBenchmark extends Bursts {
  /** Spans of one operation. */
  public static final int DEPTH = 10;

  private final Monitored monitored = new Monitored();
  private final Floor floor = Floor.ifMeasured(DEPTH);

  public MethodsBenchmark() {
    super(50, true);
  }

  @Benchmark
  public long tenDeep() {
    long ended = monitored.call(0, DEPTH);
    return floor == null ? ended : ended + floor.pay();
  }
}
