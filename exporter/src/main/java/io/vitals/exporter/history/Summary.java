/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.history;

import io.vitals.exporter.aggregate.Distribution;
import io.vitals.exporter.aggregate.Interval;
import io.vitals.exporter.aggregate.Metric;
import io.vitals.exporter.aggregate.SeriesInterval;
import java.util.EnumMap;
import java.util.Map;

/**
 * What came in a stretch of time, one sum for each metric; immutable and mergeable.
 *
 * <p>Distributions are merged, percentiles never averaged. Memory: 1 to 3 KB.
 */
public final class Summary {
  /** When it began, in nanoseconds since the epoch. */
  public final long startEpochNanos;

  /** When it ended. */
  public final long endEpochNanos;

  private final Map<Metric, Total> totals;

  /** All series of a metric together. */
  public static final class Total {
    public final long count;

    /** How many had an {@code error.type}. */
    public final long errors;

    public final long sumNanos;
    public final long maxNanos;
    public final Distribution distribution;

    Total(long count, long errors, long sumNanos, long maxNanos, Distribution distribution) {
      this.count = count;
      this.errors = errors;
      this.sumNanos = sumNanos;
      this.maxNanos = maxNanos;
      this.distribution = distribution;
    }

    Total merge(Total other) {
      return new Total(
          count + other.count,
          errors + other.errors,
          sumNanos + other.sumNanos,
          Math.max(maxNanos, other.maxNanos),
          distribution.merge(other.distribution));
    }
  }

  private Summary(long startEpochNanos, long endEpochNanos, Map<Metric, Total> totals) {
    this.startEpochNanos = startEpochNanos;
    this.endEpochNanos = endEpochNanos;
    this.totals = totals;
  }

  static Summary of(Interval interval) {
    Map<Metric, Total> totals = new EnumMap<>(Metric.class);
    for (SeriesInterval each : interval.series()) {
      boolean failed = !each.series().isOverflow() && each.series().errorType() != null;
      Total added =
          new Total(
              each.count(),
              failed ? each.count() : 0,
              each.sumNanos(),
              each.maxNanos(),
              each.distribution());
      totals.merge(each.series().metric(), added, Total::merge);
    }
    return new Summary(interval.startEpochNanos(), interval.endEpochNanos(), totals);
  }

  /** This and a later one as one. */
  Summary merge(Summary later) {
    Map<Metric, Total> merged = new EnumMap<>(Metric.class);
    merged.putAll(totals);
    later.totals.forEach((metric, total) -> merged.merge(metric, total, Total::merge));
    return new Summary(startEpochNanos, later.endEpochNanos, merged);
  }

  /** The same by a clock that is ahead. */
  Summary moved(long aheadNanos) {
    return aheadNanos == 0
        ? this
        : new Summary(startEpochNanos + aheadNanos, endEpochNanos + aheadNanos, totals);
  }

  /** What came of a metric, or null if nothing did. */
  public Total total(Metric metric) {
    return totals.get(metric);
  }
}
