/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.queue;

import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;
import io.vitals.exporter.self.Counters;
import java.util.concurrent.TimeUnit;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The hand-off on the application's thread: into a queue with room, into a full one with a drain
 * that is fast, so that the thread helps, and into one that is emptied and filled by others
 * meanwhile. For threads add {@code -t 2} or {@code 4}.
 *
 * <p>2026-11-21, OpenJDK 17.0.15+6-Debian, 2-core shared x86-64 machine at a load of 15, CPU time
 * and bytes of the thread:
 *
 * <pre>
 * offerAndDrain        8 ns  0 B
 * offerToFullAndHelp  10 ns  0 B
 * </pre>
 *
 * <p>2026-11-27, the same JDK, a quieter machine, wall time; the floor drops what finds no room:
 *
 * <pre>
 * threads         1    2    4
 * floorOfBusy    49   18   23 ns
 * offerToBusy    36   80  160 ns
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HandoffBenchmark {
  private static final int LISTS = 1024;

  private final MpscAtomicArrayQueue<Span> bare = new MpscAtomicArrayQueue<>(2 * LISTS);
  private final Handoff ample = new Handoff(2 * LISTS, new Counters());
  private final Handoff full = new Handoff(8, new Counters());
  private final Span[] spans = new Span[LISTS];

  @Setup
  public void attach() {
    ample.attach(HandoffBenchmark::forget);
    full.attach(HandoffBenchmark::forget);
    for (int i = 0; i < LISTS; i++) {
      spans[i] = new ServerSpan();
    }
  }

  /** Queues that a thread empties while the benchmark's threads fill them. */
  @State(Scope.Benchmark)
  public static class Busy {
    private final MpscAtomicArrayQueue<Span> bare =
        new MpscAtomicArrayQueue<>(Handoff.DEFAULT_CAPACITY);
    private final Handoff handoff = new Handoff(Handoff.DEFAULT_CAPACITY, new Counters());
    private final Thread drain = new Thread(this::drain, "drain");
    private volatile boolean ended;

    /** Begins to empty them. */
    @Setup
    public void start() {
      handoff.attach(HandoffBenchmark::forget);
      drain.start();
    }

    private void drain() {
      while (!ended) {
        bare.clear();
        handoff.drain(LISTS);
      }
    }

    /** Ends it. */
    @TearDown
    public void end() throws InterruptedException {
      ended = true;
      drain.join();
    }
  }

  private static int forget(Span newest, boolean measureOnly) {
    return 1;
  }

  /** The physical limit: the queue alone. */
  @Benchmark
  @OperationsPerInvocation(LISTS)
  public void floor() {
    for (Span span : spans) {
      bare.offer(span);
    }
    bare.clear();
  }

  /** An offer to a queue with room, and its share of the drain's taking it out again. */
  @Benchmark
  @OperationsPerInvocation(LISTS)
  public void offerAndDrain() {
    for (Span span : spans) {
      ample.offer(span);
    }
    ample.drain(LISTS);
  }

  /** An offer that finds the queue full about every eighth time and helps to drain it. */
  @Benchmark
  @OperationsPerInvocation(LISTS)
  public void offerToFullAndHelp() {
    for (Span span : spans) {
      full.offer(span);
    }
  }

  /** The physical limit of the next: a new record and the queue alone. */
  @Benchmark
  public boolean floorOfBusy(Busy busy) {
    return busy.bare.offer(new ServerSpan());
  }

  /** An offer of a new record to a queue that a drain empties and other threads fill meanwhile. */
  @Benchmark
  public void offerToBusy(Busy busy) {
    busy.handoff.offer(new ServerSpan());
  }
}
