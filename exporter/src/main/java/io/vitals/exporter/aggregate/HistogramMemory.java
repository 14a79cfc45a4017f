/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

import io.vitals.exporter.self.Counters;
import io.vitals.exporter.self.Drop;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * The memory of all fine histograms: lends out chunks of counts, takes them back, and bounds them.
 *
 * <p>Confined to the holder of the drain lock.
 */
final class HistogramMemory {
  /** One power of two of durations: 2 KB. */
  static final int CHUNK = 1 << Slots.FINE_MAGNITUDE;

  /**
   * 12 MB: a thousand series, each with more than 64 durations in ten seconds, spread over six
   * powers of two. What comes later is counted coarsely.
   */
  static final long MOST_BYTES = 12L << 20;

  /** Unused chunks that stay for the next burst: 128 KB. */
  private static final int FREE_KEPT = 64;

  private final ArrayDeque<int[]> free = new ArrayDeque<>();
  private final Counters counters;
  private final int most;
  private int made;

  HistogramMemory(long mostBytes, Counters counters) {
    this.most = (int) (mostBytes / (4L * CHUNK));
    this.counters = counters;
  }

  /** A chunk of zeros, or null if the memory is spent. */
  int[] take() {
    int[] chunk = free.poll();
    if (chunk != null) {
      return chunk;
    }
    if (made >= most) {
      counters.dropped(Drop.HISTOGRAM_MEMORY, 1);
      return null;
    }
    made++;
    return new int[CHUNK];
  }

  /** Takes back a chunk that is of no more use. */
  void giveBack(int[] chunk) {
    Arrays.fill(chunk, 0);
    free.push(chunk);
  }

  /** Lets go of chunks that nobody needed in the interval. */
  void tick() {
    int used = made - free.size();
    while (free.size() > Math.max(FREE_KEPT, used / 4)) {
      free.poll();
      made--;
    }
  }

  /** How many chunks there are, in use or not. */
  int chunks() {
    return made;
  }
}
