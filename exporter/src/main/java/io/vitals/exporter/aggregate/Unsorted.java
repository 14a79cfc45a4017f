/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

import io.vitals.bootstrap.Span;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Durations of spans that found no room to wait for their series: exact in number, sum and bucket,
 * coarse in percentiles.
 *
 * <p>Many threads record, the holder of the drain lock takes. No lock, no allocation. Memory: 18
 * KB.
 */
public final class Unsorted {
  /** Two cells a slot: the part up to the bucket bound inside the slot, and the part above it. */
  private static final int CELLS = Slots.COARSE.size() * 2;

  private final AtomicLongArray[] cells = new AtomicLongArray[Metric.ofSpans()];
  private final AtomicLongArray sums = new AtomicLongArray(Metric.ofSpans());
  private final AtomicLong pending = new AtomicLong();

  /** Makes an empty one. */
  public Unsorted() {
    for (int i = 0; i < cells.length; i++) {
      cells[i] = new AtomicLongArray(CELLS);
    }
  }

  /** Counts the duration of a span, if it is one that is measured. */
  public void record(Span span) {
    Metric metric = Metric.of(span);
    if (metric == null) {
      return;
    }
    long nanos = Math.max(0, span.endNanos - span.startNanos);
    int slot = Slots.COARSE.slot(nanos);
    Bounds bounds = metric.bounds();
    boolean upper = bounds.bucket(nanos) != bounds.bucket(Slots.COARSE.lowest(slot));
    sums.addAndGet(metric.ordinal(), nanos);
    cells[metric.ordinal()].incrementAndGet(slot * 2 + (upper ? 1 : 0));
    pending.incrementAndGet();
  }

  /** Whether there is anything to take. */
  boolean isEmpty() {
    return pending.get() == 0;
  }

  /** Moves all durations of a metric into {@code to}. */
  void moveTo(Metric metric, Latency to) {
    AtomicLongArray from = cells[metric.ordinal()];
    to.addSum(sums.getAndSet(metric.ordinal(), 0));
    for (int cell = 0; cell < CELLS; cell++) {
      if (from.get(cell) != 0) {
        long number = from.getAndSet(cell, 0);
        pending.addAndGet(-number);
        to.addUnsorted(standsFor(metric.bounds(), cell / 2, (cell & 1) != 0), number);
      }
    }
  }

  /**
   * A duration that stands for those of a coarse slot; of one that a bound divides, for those of
   * the part above or below it.
   */
  static long standsFor(Bounds bounds, int slot, boolean above) {
    long lowest = Slots.COARSE.lowest(slot);
    long highest = Slots.COARSE.highest(slot);
    int bucket = bounds.bucket(lowest);
    if (bounds.bucket(highest) == bucket) {
      return Slots.COARSE.middle(slot);
    }
    long bound = bounds.upperNanos(bucket);
    return above ? bound + 1 + (highest - bound - 1) / 2 : lowest + (bound - lowest) / 2;
  }
}
