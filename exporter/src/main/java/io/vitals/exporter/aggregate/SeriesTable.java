/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

import io.vitals.exporter.self.Counters;
import io.vitals.exporter.self.Drop;
import java.util.ArrayList;
import java.util.List;

/**
 * The series of one metric, found by a scratch key; what is beyond the limit shares one series.
 *
 * <p>Open addressing with linear probing. Confined to the holder of the drain lock. Cost: a hit
 * compares one key on average and allocates nothing.
 */
final class SeriesTable {
  private final Metric metric;
  private final HistogramMemory memory;
  private final Counters counters;
  private final int limit;
  private Series[] slots = new Series[64];
  private int size;
  private Series overflow;

  /** Makes an empty table for so many series, the overflow series among them. */
  SeriesTable(Metric metric, int limit, HistogramMemory memory, Counters counters) {
    this.metric = metric;
    this.limit = limit;
    this.memory = memory;
    this.counters = counters;
  }

  /** The series of the key, made if it is new, or the overflow series if there is no room. */
  Series find(SeriesKey key) {
    Series[] table = slots;
    int mask = table.length - 1;
    int at = key.hash & mask;
    Series found;
    while ((found = table[at]) != null) {
      if (found.key().same(key)) {
        found.used = true;
        return found;
      }
      at = at + 1 & mask;
    }
    return add(key);
  }

  private Series add(SeriesKey key) {
    if (size >= limit - 1 || !key.fits()) {
      counters.dropped(Drop.SERIES_LIMIT, 1);
      return overflow();
    }
    Series added = new Series(metric, key.copy(), new Latency(metric.bounds(), memory));
    added.used = true;
    size++;
    if (size * 2 > slots.length) {
      place(slots.length * 2, null);
    }
    put(slots, added);
    return added;
  }

  /** The series of what is beyond the limit. */
  Series overflow() {
    if (overflow == null) {
      overflow = new Series(metric, null, new Latency(metric.bounds(), memory));
    }
    overflow.used = true;
    return overflow;
  }

  private static void put(Series[] table, Series series) {
    int mask = table.length - 1;
    int at = series.key().hash & mask;
    while (table[at] != null) {
      at = at + 1 & mask;
    }
    table[at] = series;
  }

  private void place(int length, List<Series> only) {
    Series[] table = new Series[length];
    if (only == null) {
      for (Series series : slots) {
        if (series != null) {
          put(table, series);
        }
      }
    } else {
      for (Series series : only) {
        put(table, series);
      }
    }
    slots = table;
  }

  /** Closes the interval of every series that something came for. */
  void take(List<SeriesInterval> into) {
    for (Series series : slots) {
      if (series != null) {
        take(series, into);
      }
    }
    if (overflow != null) {
      take(overflow, into);
    }
  }

  private static void take(Series series, List<SeriesInterval> into) {
    if (series.latency.count() == 0) {
      series.latency.rest();
    } else {
      into.add(series.latency.take(series));
    }
  }

  /** Forgets series that nothing came for since the last call, to make room for others. */
  void tidy() {
    List<Series> used = new ArrayList<>(size);
    for (Series series : slots) {
      if (series != null && series.used) {
        series.used = false;
        used.add(series);
      }
    }
    if (used.size() == size) {
      return;
    }
    size = used.size();
    place(Math.max(64, Integer.highestOneBit(Math.max(1, size)) * 4), used);
  }

  int size() {
    return size;
  }
}
