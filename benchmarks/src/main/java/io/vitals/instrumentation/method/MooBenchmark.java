/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.method;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A benchmark of MooBench's shape: a method that calls itself ten deep, back to back, as it is and
 * with the packaged agent, whose configuration names the method.
 *
 * <p>One operation is one call, of which each tree has ten; the price of a span is {@link #sampled}
 * or {@link #unsampled} less {@link #plain}. What became of the spans is said at the end of the
 * run: how many ended, how many the backend counted, and how many were dropped for which reason. It
 * fails if the method is not woven or no span arrives.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class MooBenchmark {
  private static final String AGENT = "-javaagent:agent/target/vitals-agent.jar";
  private static final String INCLUDE =
      "-Dotel.instrumentation.methods.include=io.vitals.instrumentation.method.Monitored[call]";
  private static final String SAMPLED = "-Dotel.service.name=moo-sampled";

  /** So that the counts printed at the end are those of the end. */
  private static final String INTERVAL = "-Dotel.metric.export.interval=1000";

  private static final int DEPTH = 10;

  /** What the innermost call waits: 0 is full speed, 500 is 20,000 spans a second. */
  @Param({"0", "500"})
  public int methodMicros;

  private final Monitored monitored = new Monitored();

  @Setup
  public void verify() {
    monitored.verify(Boolean.getBoolean("woven"));
  }

  @TearDown
  public void arrived() throws IOException {
    if (!"moo-sampled".equals(System.getProperty("otel.service.name"))) {
      return;
    }
    URL arrived =
        new URL(System.getProperty("otel.exporter.otlp.endpoint") + "/arrived/moo-sampled");
    try (InputStream answer = arrived.openStream()) {
      String number = new String(answer.readAllBytes(), StandardCharsets.US_ASCII);
      if (number.equals("0")) {
        throw new IllegalStateException("no span has arrived");
      }
    }
  }

  private long call() {
    return monitored.call(methodMicros * 1_000L, DEPTH);
  }

  @Benchmark
  @OperationsPerInvocation(DEPTH)
  public long plain() {
    return call();
  }

  @Benchmark
  @OperationsPerInvocation(DEPTH)
  @Fork(jvmArgsAppend = {AGENT, INCLUDE, "-Dwoven=true", SAMPLED, INTERVAL})
  public long sampled() {
    return call();
  }

  @Benchmark
  @OperationsPerInvocation(DEPTH)
  @Fork(
      jvmArgsAppend = {
        AGENT,
        INCLUDE,
        "-Dwoven=true",
        "-Dotel.service.name=moo-unsampled",
        INTERVAL,
        "-Dotel.traces.sampler=always_off"
      })
  public long unsampled() {
    return call();
  }

  @Benchmark
  @OperationsPerInvocation(DEPTH)
  @Fork(jvmArgsAppend = {AGENT, INCLUDE, "-Dvitals.enabled=false"})
  public long switchedOff() {
    return call();
  }
}
