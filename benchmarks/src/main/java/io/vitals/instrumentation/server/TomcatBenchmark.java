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
 * <p>2026-11-21, OpenJDK 17.0.15+6-Debian, 2-core shared x86-64 machine at a load of 4 to 14,
 * Tomcat 10.1.59; bytes of the thread exact, time the quickest bursts of two to three runs each;
 * the floor ({@code ProbeBenchmark.floor}) took 67 ns:
 *
 * <pre>
 * plain,      0 statements    941 to 972 ns     432 B
 * sampled,    0             1,306 to 1,328 ns   704 B   +356 to 365 ns  +272 B a request
 * unsampled,  0             1,096 to 1,170 ns   528 B   +124 to 229 ns   +96 B a request
 * sampled,   16             2,704 ns          2,396 B    about +66 ns   +104 B a statement
 * </pre>
 *
 * <p>Medians of the same runs lie up to 1,200 ns higher, with and without the agent: run it on a
 * quiet machine before anything finer is concluded, of the unsampled request above all.
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
