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
    count(added.count());
    addTop(added, 0);
  }

  /** Counts durations that are added with {@link #addTop}, or that lie below what that adds. */
  public void count(long durations) {
    count += durations;
  }

  /**
   * Adds the durations of a distribution that lie in a slot or above it, without counting them.
   *
   * @param leastSlot a slot, as {@link #quantileSlot} gives it
   */
  public void addTop(Distribution added, int leastSlot) {
    if (added.count() > 0 && added.highestSlot() >= leastSlot) {
      lowest = Math.min(lowest, added.addTop(counts, leastSlot));
      highest = Math.max(highest, added.highestSlot());
    }
  }

  /** How many durations there are, those below what was added among them. */
  public long count() {
    return count;
  }

  /**
   * The slot in which {@code quantile} of all durations lie, by the nearest rank; -1 if it lies
   * below what was added.
   */
  public int quantileSlot(double quantile) {
    long above = count - Distribution.rank(quantile, count);
    long seen = 0;
    for (int slot = highest; slot >= lowest; slot--) {
      seen += counts[slot];
      if (seen > above) {
        return slot;
      }
    }
    return -1;
  }

  /** The duration that a slot stands for. */
  public static long nanos(int slot) {
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
