/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

import io.vitals.exporter.self.Counters;
import io.vitals.exporter.self.Drop;
import java.util.ArrayDeque;
import org.HdrHistogram.packedarray.PackedLongArray;

/**
 * The counts of fine histograms: lends them out, takes them back, and bounds the memory of all.
 *
 * <p>Confined to the holder of the drain lock.
 */
final class HistogramMemory {
  /**
   * 12 MB: 1,500 series of 200 durations a second each; a busy series of 20,000 durations over
   * three powers of ten needs 20 KB, one of 200 needs 3 KB.
   */
  static final long MOST_BYTES = 12L << 20;

  private final ArrayDeque<PackedLongArray> free = new ArrayDeque<>();
  private final Counters counters;
  private final long mostBytes;
  private long bytes;

  HistogramMemory(long mostBytes, Counters counters) {
    this.mostBytes = mostBytes;
    this.counters = counters;
  }

  /** Empty counts, or null if the memory is spent. */
  PackedLongArray take() {
    PackedLongArray counts = free.poll();
    if (counts != null) {
      return counts;
    }
    if (bytes >= mostBytes) {
      counters.dropped(Drop.HISTOGRAM_MEMORY, 1);
      return null;
    }
    counts = new PackedLongArray(Slots.FINE.size());
    bytes += size(counts);
    return counts;
  }

  /** Notes that counts in use have grown. */
  void grown(int byBytes) {
    bytes += byBytes;
  }

  /** Whether counts in use may stay; lets go of unused ones first. */
  boolean isWithinBounds() {
    while (bytes > mostBytes && !free.isEmpty()) {
      bytes -= size(free.poll());
    }
    return bytes <= mostBytes;
  }

  /** Takes back counts that are of no more use. */
  void giveBack(PackedLongArray counts) {
    if (bytes > mostBytes) {
      bytes -= size(counts);
      return;
    }
    counts.clear();
    free.push(counts);
  }

  /** Lets go of counts whose series has to do with a coarse histogram. */
  void giveUp(PackedLongArray counts) {
    bytes -= size(counts);
    counters.dropped(Drop.HISTOGRAM_MEMORY, 1);
  }

  /** What all counts take. */
  long bytes() {
    return bytes;
  }

  static int size(PackedLongArray counts) {
    return 64 + 8 * counts.getPhysicalLength();
  }
}
