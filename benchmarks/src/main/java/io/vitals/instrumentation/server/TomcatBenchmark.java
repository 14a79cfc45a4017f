/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * A Tomcat request without a socket, as it is and with the packaged agent attached.
 *
 * <p>Requests come in bursts with rests between, as they do; the median burst is what a shared
 * machine disturbs least.
 *
 * <p>The price of a server span is {@link #sampled} less {@link #plain} at 0 statements; that of a
 * statement is a sixteenth of what 16 statements add to either, less what they add to {@link
 * #plain}. Budgets on the request's thread: 400 ns and 400 B a sampled server span with its metric,
 * 250 ns and 250 B a statement, 150 ns and 100 B an unsampled request.
 *
 * <p>2026-11-26, OpenJDK 17.0.15+6-Debian, 2-core shared x86-64 machine at a load of 1, Tomcat
 * 10.1.59; the quickest burst and the median one; the floor ({@code ProbeBenchmark.floor}) took 75
 * ns:
 *
 * <pre>
 *              0 statements               16 statements
 * plain        1,152   2,952 ns   435 B   1,170   2,952 ns     435 B
 * unsampled    1,248   2,720 ns   532 B   2,796   5,224 ns   2,197 B
 * sampled      1,452   3,412 ns   725 B   2,824   5,240 ns   2,597 B
 * </pre>
 *
 * <p>By the quickest burst a sampled request costs 300 ns and 290 B, an unsampled one 96 ns and 97
 * B, a statement 85 ns and 117 B. Medians are those of caches gone cold in the rest before each
 * burst: 460 ns a sampled request; an unsampled one is lost in the noise.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class TomcatBenchmark {
  private static final String AGENT = "-javaagent:agent/target/vitals-agent.jar";

  /** Requests that come at once. */
  private static final int BURST = 100;

  /** So many bursts in 50 ms, the longest rest of the drain, fit the agent's queue. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

  @Param({"0", "16"})
  public int statements;

  private SocketlessTomcat tomcat;

  @Setup
  public void start() throws Exception {
    ShopWork work = new ShopWork(statements);
    tomcat = new SocketlessTomcat(work);
    work.verify(tomcat, Boolean.getBoolean("woven"));
  }

  @TearDown
  public void stop() throws Exception {
    tomcat.close();
  }

  /** Without it the drain starves, and the request's thread has to do its work. */
  @Setup(Level.Invocation)
  public void pause() {
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  private long serve() throws Exception {
    long bytes = 0;
    for (int i = 0; i < BURST; i++) {
      bytes += tomcat.serve();
    }
    return bytes;
  }

  @Benchmark
  @OperationsPerInvocation(BURST)
  public long plain() throws Exception {
    return serve();
  }

  @Benchmark
  @OperationsPerInvocation(BURST)
  @Fork(jvmArgsAppend = {AGENT, "-Dwoven=true"})
  public long sampled() throws Exception {
    return serve();
  }

  @Benchmark
  @OperationsPerInvocation(BURST)
  @Fork(jvmArgsAppend = {AGENT, "-Dwoven=true", "-Dotel.traces.sampler=always_off"})
  public long unsampled() throws Exception {
    return serve();
  }

  @Benchmark
  @OperationsPerInvocation(BURST)
  @Fork(jvmArgsAppend = {AGENT, "-Dvitals.enabled=false"})
  public long switchedOff() throws Exception {
    return serve();
  }
}
