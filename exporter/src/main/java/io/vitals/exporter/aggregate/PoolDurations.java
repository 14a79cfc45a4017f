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
    for (int slot = 0; slot < Slots.COARSE.size(); slot++) {
      long lowest = Slots.COARSE.lowest(slot);
      long highest = Slots.COARSE.highest(slot);
      int first = TimeCounts.place(lowest);
      int last = TimeCounts.place(highest);
      for (int place = first; place <= last; place++) {
        long number = from.take(place);
        if (number == 0) {
          continue;
        }
        if (to == null) {
          to = series.pool(metric, pool).latency;
          min = from.takeMinNanos();
          max = from.takeMaxNanos();
        }
        long middle = middle(metric.bounds(), lowest, highest, place == first);
        to.addUnsorted(within(min, max, place, middle), number);
      }
    }
    if (to != null) {
      to.addSum(from.takeSumNanos());
      to.addExtremes(min, max);
    }
  }

  /** The middle, but neither shorter than the shortest nor longer than the longest. */
  private static long within(long min, long max, int place, long middle) {
    // What is being added has set the extremes of this interval, and may count in the next.
    boolean isLowest = min <= max && TimeCounts.place(min) == place;
    boolean isHighest = min <= max && TimeCounts.place(max) == place;
    long above = isLowest ? Math.max(min, middle) : middle;
    return isHighest ? Math.min(max, above) : above;
  }

  /** The middle of a slot, or of its part below or above the bound that lies in it. */
  private static long middle(Bounds bounds, long lowest, long highest, boolean below) {
    int bucket = bounds.bucket(lowest);
    if (bounds.bucket(highest) == bucket) {
      return lowest + (highest - lowest + 1) / 2;
    }
    long bound = bounds.upperNanos(bucket);
    return below ? lowest + (bound - lowest) / 2 : bound + 1 + (highest - bound - 1) / 2;
  }
}
