/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

/**
 * Adds distributions up without allocating, for those who merge many at once.
 *
 * <p>Single writer, single reader. Cost: 3 ns a filled slot added, and one pass over the range that
 * was filled for a quantile. Memory: 160 KB.
 */
public final class DistributionSum {
  private final long[] counts = new long[Slots.FINE.size()];
  private int lowest = counts.length;
  private int highest = -1;
  private long count;

  /** Makes an empty one. */
  public DistributionSum() {}

  /** Adds all durations of a distribution. */
  public void add(Distribution added) {
    Distribution.Cursor cursor = added.cursor();
    if (!cursor.next()) {
      return;
    }
    lowest = Math.min(lowest, cursor.slot());
    int slot;
    do {
      slot = cursor.slot();
      counts[slot] += cursor.count();
    } while (cursor.next());
    highest = Math.max(highest, slot);
    count += added.count();
  }

  /** How many durations there are. */
  public long count() {
    return count;
  }

  /** As {@link Distribution#quantileNanos} of all together. */
  public long quantileNanos(double quantile) {
    if (count == 0) {
      return 0;
    }
    long above = count - Distribution.rank(quantile, count);
    int slot = highest;
    long seen = counts[slot];
    while (seen <= above) {
      seen += counts[--slot];
    }
    return Slots.FINE.middle(slot);
  }

  /** All together as one distribution; begins anew. */
  public Distribution take() {
    Distribution.Builder builder = new Distribution.Builder(128);
    for (int slot = lowest; slot <= highest; slot++) {
      if (counts[slot] != 0) {
        builder.add(slot, counts[slot]);
      }
    }
    clear();
    return builder.build();
  }

  /** Forgets everything. */
  public void clear() {
    for (int slot = lowest; slot <= highest; slot++) {
      counts[slot] = 0;
    }
    lowest = counts.length;
    highest = -1;
    count = 0;
  }
}
