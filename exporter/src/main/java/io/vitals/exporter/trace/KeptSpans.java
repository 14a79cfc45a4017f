/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.trace;

import io.vitals.bootstrap.Span;
import io.vitals.exporter.self.Counters;
import java.util.Collection;
import org.jctools.queues.atomic.SpscAtomicArrayQueue;

/**
 * The bounded way of spans that are shown, from the drain to the export thread.
 *
 * <p>The holder of the drain lock offers, one export thread takes. Nobody waits, nobody is woken.
 */
public final class KeptSpans {
  /** The default of {@code otel.bsp.max.queue.size}: 2 MB of records with their texts. */
  public static final int DEFAULT_CAPACITY = 4096;

  /**
   * The room for spans until the exporters have been made, which takes half a second: 8 MB, for a
   * process that serves 10,000 requests a second from its first second.
   */
  public static final int CAPACITY_AT_START = 4 * DEFAULT_CAPACITY;

  private final SpscAtomicArrayQueue<Span> queue;
  private final Counters counters;
  private final int capacity;
  private volatile int limit;
  private int batches;

  /** Makes a queue for so many spans, from the start on. */
  public KeptSpans(int capacity, Counters counters) {
    this(capacity, capacity, counters);
  }

  /**
   * Makes a queue.
   *
   * @param capacity how many spans can wait once the export has caught up for the first time
   * @param atStart how many spans can wait until then
   */
  public KeptSpans(int capacity, int atStart, Counters counters) {
    this.capacity = Math.max(4, capacity);
    this.limit = Math.max(this.capacity, atStart);
    this.queue = new SpscAtomicArrayQueue<>(limit);
    this.counters = counters;
  }

  /** Hands a span over, and says whether there was room. */
  public boolean offer(Span span) {
    // The queue rounds its capacity up to a power of two.
    if (queue.size() >= limit || !queue.offer(span)) {
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
    // The first batch is not the end of the start: to send it loads the most classes.
    if (limit > capacity && batches++ > 0 && queue.size() < capacity) {
      limit = capacity;
    }
    return moved;
  }

  /** How many spans wait. */
  public int size() {
    return queue.size();
  }

  /** How many spans can wait now. */
  public int capacity() {
    return limit;
  }
}
