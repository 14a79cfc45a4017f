/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

import io.vitals.bootstrap.PoolTimes;
import io.vitals.bootstrap.TimeCounts;
import java.util.Map;

/**
 * Brings how long connections of pools were waited for, used and made to the series of the pools.
 *
 * <p>The application's threads have sorted them already: exact in number, sum, bucket, shortest and
 * longest, coarse in percentiles. Confined to the holder of the drain lock.
 */
final class PoolDurations {
  /** The middle of each place; all three metrics have the bounds that divide it. */
  private static final long[] MIDDLES = middles(Metric.POOL_USE.bounds());

  private final SeriesFinder series;

  PoolDurations(SeriesFinder series) {
    this.series = series;
  }

  /** Moves what has come since the last time. */
  void move() {
    for (Map.Entry<String, PoolTimes> pool : PoolTimes.all().entrySet()) {
      PoolTimes times = pool.getValue();
      move(times.create, Metric.POOL_CREATE, pool.getKey());
      move(times.wait, Metric.POOL_WAIT, pool.getKey());
      move(times.use, Metric.POOL_USE, pool.getKey());
    }
  }

  private void move(TimeCounts from, Metric metric, String pool) {
    Latency to = null;
    long min = 0;
    long max = 0;
    for (int place = 0; place < TimeCounts.PLACES; place++) {
      long number = from.take(place);
      if (number == 0) {
        continue;
      }
      if (to == null) {
        to = series.pool(metric, pool).latency;
        min = from.takeMinNanos();
        max = from.takeMaxNanos();
      }
      to.addUnsorted(within(min, max, place), number);
    }
    if (to != null) {
      to.addSum(from.takeSumNanos());
      to.addExtremes(min, max);
    }
  }

  /** The middle, but neither shorter than the shortest nor longer than the longest. */
  private static long within(long min, long max, int place) {
    long middle = MIDDLES[place];
    // What is being added has set the extremes of this interval, and may count in the next.
    boolean isLowest = min <= max && TimeCounts.place(min) == place;
    boolean isHighest = min <= max && TimeCounts.place(max) == place;
    long above = isLowest ? Math.max(min, middle) : middle;
    return isHighest ? Math.min(max, above) : above;
  }

  private static long[] middles(Bounds bounds) {
    long[] middles = new long[TimeCounts.PLACES];
    for (int slot = 0; slot < Slots.COARSE.size(); slot++) {
      int first = TimeCounts.place(Slots.COARSE.lowest(slot));
      int last = TimeCounts.place(Slots.COARSE.highest(slot));
      for (int place = first; place <= last; place++) {
        middles[place] = Unsorted.standsFor(bounds, slot, place != first);
      }
    }
    return middles;
  }
}
