/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.runtime;

import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableHistogramData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableHistogramPointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableMetricData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The histogram {@code jvm.gc.duration}; any thread adds to it, collections are rare. */
final class GcHistogram {
  /** The conventions' advice, in seconds. */
  private static final List<Double> BOUNDS =
      Collections.unmodifiableList(Arrays.asList(0.01, 0.1, 1.0, 10.0));

  private final boolean delta;
  private final Map<Attributes, Series> series = new HashMap<>();
  private long startEpochNanos;
  private long failures;

  GcHistogram(boolean delta, long startEpochNanos) {
    this.delta = delta;
    this.startEpochNanos = startEpochNanos;
  }

  /** Adds {@code count} collections that took {@code seconds} together. */
  synchronized void add(String collector, String action, double seconds, long count) {
    Attributes attributes =
        Attributes.of(stringKey("jvm.gc.name"), collector, stringKey("jvm.gc.action"), action);
    series.computeIfAbsent(attributes, added -> new Series()).add(seconds, count);
  }

  /** Counts a notification that could not be read. */
  synchronized void failed() {
    failures++;
  }

  synchronized long failures() {
    return failures;
  }

  synchronized void collect(
      Collection<MetricData> into,
      Resource resource,
      InstrumentationScopeInfo scope,
      long nowEpochNanos) {
    List<HistogramPointData> points = new ArrayList<>();
    series.forEach(
        (attributes, one) -> points.add(one.point(startEpochNanos, nowEpochNanos, attributes)));
    if (!points.isEmpty()) {
      into.add(
          ImmutableMetricData.createDoubleHistogram(
              resource,
              scope,
              "jvm.gc.duration",
              "Duration of JVM garbage collection actions.",
              "s",
              ImmutableHistogramData.create(
                  delta ? AggregationTemporality.DELTA : AggregationTemporality.CUMULATIVE,
                  points)));
    }
    if (delta) {
      series.clear();
      startEpochNanos = nowEpochNanos;
    }
  }

  /** What one collector did by one action. */
  private static final class Series {
    private final long[] buckets = new long[BOUNDS.size() + 1];
    private double sum;
    private double min = Double.MAX_VALUE;
    private double max;

    void add(double seconds, long count) {
      double each = seconds / count;
      int bucket = 0;
      while (bucket < BOUNDS.size() && each > BOUNDS.get(bucket)) {
        bucket++;
      }
      buckets[bucket] += count;
      sum += seconds;
      min = Math.min(min, each);
      max = Math.max(max, each);
    }

    HistogramPointData point(long start, long now, Attributes attributes) {
      List<Long> counts = new ArrayList<>();
      for (long bucket : buckets) {
        counts.add(bucket);
      }
      return ImmutableHistogramPointData.create(
          start, now, attributes, sum, true, min, true, max, BOUNDS, counts);
    }
  }
}
