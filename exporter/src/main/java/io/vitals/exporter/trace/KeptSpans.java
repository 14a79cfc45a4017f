/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.trace;

import io.vitals.bootstrap.Span;
import io.vitals.exporter.config.Config;
import io.vitals.exporter.self.Counters;
import java.util.Collection;
import org.jctools.queues.atomic.SpscAtomicArrayQueue;

/**
 * The bounded way of spans that are shown, from the drain to the export thread.
 *
 * <p>The holder of the drain lock offers, one export thread takes. Nobody waits, nobody is woken.
 */
public final class KeptSpans {
  /** At 60,000 spans a second a quarter of a second, for which a busy machine may hold us up. */
  private static final int MOST = 16 * 1024;

  /** Two batches, in the smallest heap. */
  private static final int LEAST = 2 * 1024;

  /** A record with its texts has 500 bytes: what waits takes a thirty-second of the heap. */
  private static final int HEAP_BYTES_A_SPAN = 16 * 1024;

  private final SpscAtomicArrayQueue<Span> queue;
  private final Counters counters;
  private final int capacity;

  /** Makes a queue for so many spans. */
  public KeptSpans(int capacity, Counters counters) {
    this.capacity = Math.max(4, capacity);
    this.queue = new SpscAtomicArrayQueue<>(this.capacity);
    this.counters = counters;
  }

  /** What {@code otel.bsp.max.queue.size} says. */
  public static int capacity(Config config) {
    return config.integer("otel.bsp.max.queue.size", defaultCapacity(), 1);
  }

  /** Its default in this JVM. */
  public static int defaultCapacity() {
    return defaultCapacity(Runtime.getRuntime().maxMemory());
  }

  static int defaultCapacity(long heapBytes) {
    return (int) Math.max(LEAST, Math.min(MOST, heapBytes / HEAP_BYTES_A_SPAN));
  }

  /** Hands a span over, and says whether there was room. */
  public boolean offer(Span span) {
    // The queue rounds its capacity up to a power of two.
    if (queue.size() >= capacity || !queue.offer(span)) {
      return false;
    }
    counters.kept();
    return true;
  }

  /** Moves at most {@code most} spans into {@code to}, and returns how many. */
  public int drainTo(Collection<? super Span> to, int most) {
    int moved = 0;
    Span span;
    while (moved < most && (span = queue.relaxedPoll()) != null) {
      to.add(span);
      moved++;
    }
    return moved;
  }

  /** How many spans wait. */
  public int size() {
    return queue.size();
  }

  /** How many spans can wait. */
  public int capacity() {
    return capacity;
  }
}
