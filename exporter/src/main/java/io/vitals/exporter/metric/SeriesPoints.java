/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.metric;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableDoublePointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableHistogramPointData;
import io.vitals.exporter.aggregate.Bounds;
import io.vitals.exporter.aggregate.Series;
import io.vitals.exporter.aggregate.SeriesInterval;
import java.util.ArrayList;
import java.util.List;

/**
 * The points of one series: what has been added since the state was made, and its percentiles.
 *
 * <p>With cumulative temporality one state lives as long as its series, with delta one export.
 * Confined to the export thread.
 */
final class SeriesPoints {
  private final Bounds bounds;
  private final Attributes attributes;
  private final long[] buckets;
  private final ExponentialCounts exponential;
  private long count;
  private long sumNanos;
  private long minNanos = Long.MAX_VALUE;
  private long maxNanos;

  SeriesPoints(Series series, boolean exponential) {
    this.bounds = series.metric().bounds();
    this.attributes = SeriesAttributes.of(series);
    this.buckets = new long[bounds.buckets()];
    this.exponential = exponential ? new ExponentialCounts() : null;
  }

  void add(SeriesInterval interval) {
    count += interval.count();
    sumNanos += interval.sumNanos();
    minNanos = Math.min(minNanos, interval.minNanos());
    maxNanos = Math.max(maxNanos, interval.maxNanos());
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] += interval.bucket(i);
    }
    if (exponential != null) {
      exponential.add(interval.distribution());
    }
  }

  HistogramPointData histogram(long start, long end, List<DoubleExemplarData> exemplars) {
    List<Long> counts = new ArrayList<>(buckets.length);
    for (long bucket : buckets) {
      counts.add(bucket);
    }
    return ImmutableHistogramPointData.create(
        start,
        end,
        attributes,
        seconds(sumNanos),
        count > 0,
        seconds(minNanos),
        count > 0,
        seconds(maxNanos),
        bounds.seconds(),
        counts,
        exemplars);
  }

  ExponentialHistogramPointData exponential(
      long start, long end, List<DoubleExemplarData> exemplars) {
    return ImmutableExponentialHistogramPointData.create(
        exponential.scale(),
        seconds(sumNanos),
        exponential.zeros(),
        count > 0,
        seconds(minNanos),
        count > 0,
        seconds(maxNanos),
        exponential.positive(),
        exponential.negative(),
        start,
        end,
        attributes,
        exemplars);
  }

  /** The percentiles of an export interval. */
  void percentiles(
      SeriesInterval interval,
      List<Double> quantiles,
      long start,
      long end,
      List<DoublePointData> to) {
    for (Double quantile : quantiles) {
      Attributes withQuantile =
          attributes.toBuilder().put(SeriesAttributes.QUANTILE, quantile).build();
      to.add(
          ImmutableDoublePointData.create(
              start, end, withQuantile, seconds(interval.quantileNanos(quantile))));
    }
  }

  static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
