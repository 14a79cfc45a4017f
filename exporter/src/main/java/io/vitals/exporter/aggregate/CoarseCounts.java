/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

import java.util.Arrays;

/** A histogram of fixed size, to 6 %: 1.6 KB whatever comes. Single writer, single reader. */
public final class CoarseCounts {
  private final int[] counts = new int[Slots.COARSE.size()];
  private long count;

  /** Makes an empty one. */
  public CoarseCounts() {}

  /** Counts a duration. */
  public void add(long nanos) {
    add(nanos, 1);
  }

  void add(long nanos, int number) {
    counts[Slots.COARSE.slot(nanos)] += number;
    count += number;
  }

  /** How many durations there are. */
  public long count() {
    return count;
  }

  /** The upper end of the slot in which number ceil(quantile * count) of the sorted list lies. */
  public long quantileUpperNanos(double quantile) {
    long rank = Math.max(1, (long) Math.ceil(quantile * count));
    long seen = 0;
    for (int slot = 0; slot < counts.length; slot++) {
      seen += counts[slot];
      if (seen >= rank) {
        return Slots.COARSE.highest(slot);
      }
    }
    return 0;
  }

  /** Forgets everything. */
  public void clear() {
    Arrays.fill(counts, 0);
    count = 0;
  }

  void addTo(Distribution.Builder builder) {
    for (int slot = 0; slot < counts.length; slot++) {
      if (counts[slot] != 0) {
        builder.add(Slots.FINE.slot(Slots.COARSE.middle(slot)), counts[slot]);
      }
    }
  }
}
