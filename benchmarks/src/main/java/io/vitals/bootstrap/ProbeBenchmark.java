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
 * What the probe costs on the application's thread, beside the floor of two clock readings and one
 * offer to the queue.
 *
 * <p>2026-11-21, OpenJDK 17.0.15+6-Debian, 2-core shared x86-64 machine at a load of 10, CPU time
 * and bytes of the thread:
 *
 * <pre>
 *                             sampled          unsampled
 * floor                        67 ns    0 B     66 ns    0 B
 * server                       84-122 ns  160 B     80 ns   96 B
 * serverWithRemoteParent      179 ns  160 B    186 ns   96 B
 * serverWithEightStatements   684 ns  992 B    769 ns  928 B
 * statementAlone               90 ns  104 B     83 ns  104 B
 * clientWithTraceParent       124-159 ns  272 B    152-171 ns  272 B
 * serverWithTask              149 ns  248 B    145 ns  184 B
 * </pre>
 *
 * <p>All threads offer to one queue. With 2 and 4 threads, platform and virtual, see the table in
 * the README.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ProbeBenchmark {
  private static final String TRACE_PARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  /** One for all threads, as the agent's is. */
  private static final AmpleQueue QUEUE = new AmpleQueue();

  /** Whether traces are kept; what is not kept is still measured. */
  @Param({"true", "false"})
  public boolean sampled;

  private long nanos;

  @Setup
  public void install() {
    Probe.install(QUEUE);
    Sampler sampler = sampled ? Sampler.ALWAYS_ON : new Sampler(0, false, false, 0);
    String[] none = {};
    Settings.current =
        new Settings(sampler, Propagation.W3C, PathFilter.NONE, none, none, none, none);
  }

  /** The physical limit. */
  @Benchmark
  public void floor() {
    nanos = System.nanoTime();
    QUEUE.put(this);
    nanos = System.nanoTime() - nanos;
  }

  @Benchmark
  public void server() {
    Current current = Current.get();
    ServerSpan span = Probe.startServer(current, "/orders/17");
    span.status(200);
    Probe.end(current, span, null);
  }

  @Benchmark
  public void serverWithRemoteParent() {
    Current current = Current.get();
    current.incoming(0, TRACE_PARENT);
    ServerSpan span = Probe.startServer(current, "/orders/17");
    span.status(200);
    Probe.end(current, span, null);
  }

  @Benchmark
  public void statementAlone() {
    Current current = Current.get();
    Probe.end(current, Probe.startDb(current), null);
  }

  /** A request with eight statements; less {@link #server}, an eighth is the price of one. */
  @Benchmark
  public void serverWithEightStatements() {
    Current current = Current.get();
    ServerSpan span = Probe.startServer(current, "/orders/17");
    for (int i = 0; i < 8; i++) {
      Probe.end(current, Probe.startDb(current), null);
    }
    Probe.end(current, span, null);
  }

  @Benchmark
  public void clientWithTraceParent(org.openjdk.jmh.infra.Blackhole sent) {
    Current current = Current.get();
    ClientSpan span = Probe.startClient(current);
    sent.consume(Propagation.W3C.value(0, current, span));
    Probe.end(current, span, null);
  }

  /** A task that outlives its request: its ticket, and the scope around its run. */
  @Benchmark
  public void serverWithTask() {
    Current current = Current.get();
    ServerSpan span = Probe.startServer(current, "/orders/17");
    Runnable task = Ticket.of(ProbeBenchmark::nothing);
    Probe.end(current, span, null);
    task.run();
  }

  private static void nothing() {}
}
