/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The intervals since its reader last took them, merged into one.
 *
 * <p>Histograms are merged, percentiles never averaged. Confined to the holder of the drain lock.
 */
public final class Rollup {
  private Map<Series, SeriesInterval> merged = new LinkedHashMap<>();
  private Interval newest;
  private long startEpochNanos;

  Rollup(long startEpochNanos) {
    this.startEpochNanos = startEpochNanos;
  }

  void add(Interval interval) {
    newest = interval;
    for (SeriesInterval added : interval.series()) {
      SeriesInterval before = merged.get(added.series());
      merged.put(added.series(), before == null ? added : before.merge(added));
    }
  }

  Interval take() {
    List<SeriesInterval> all = new ArrayList<>(merged.values());
    Interval taken =
        new Interval(startEpochNanos, newest.endEpochNanos(), newest.anchorNanos(), all);
    merged = new LinkedHashMap<>();
    startEpochNanos = newest.endEpochNanos();
    return taken;
  }
}
