/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.metric;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableExponentialHistogramData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableGaugeData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableHistogramData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableMetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.exporter.aggregate.Aggregator;
import io.vitals.exporter.aggregate.AggregatorOptions;
import io.vitals.exporter.aggregate.Interval;
import io.vitals.exporter.aggregate.Metric;
import io.vitals.exporter.aggregate.Rollup;
import io.vitals.exporter.aggregate.Series;
import io.vitals.exporter.aggregate.SeriesInterval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives the SDK's metric reader the duration histograms, and beside each the exact percentiles of
 * the time since the export before.
 *
 * <p>Each call closes the running interval, so that what has ended is in the export. A percentile
 * is a gauge in seconds named {@code <histogram>.percentile} with the attribute {@code quantile}; a
 * series that nothing came for has none, while its cumulative histogram keeps being sent. Confined
 * to one export thread.
 */
public final class LatencyProducer implements MetricProducer {
  private final Aggregator aggregator;
  private final Rollup rollup;
  private final AggregatorOptions options;
  private final InstrumentationScopeInfo scope;
  private Map<Series, SeriesPoints> points = new LinkedHashMap<>();
  private long cumulativeStart;

  /** Makes a producer that reads the aggregator through a roll-up of its own. */
  public LatencyProducer(
      Aggregator aggregator, AggregatorOptions options, InstrumentationScopeInfo scope) {
    this.aggregator = aggregator;
    this.rollup = aggregator.rollup();
    this.options = options;
    this.scope = scope;
  }

  @Override
  public synchronized Collection<MetricData> produce(Resource resource) {
    Interval interval = aggregator.collect(rollup);
    long start = start(interval);
    Map<Series, SeriesInterval> fresh = new HashMap<>();
    for (SeriesInterval series : interval.series()) {
      fresh.put(series.series(), series);
      points
          .computeIfAbsent(
              series.series(), added -> new SeriesPoints(added, options.isExponential()))
          .add(series);
    }
    Map<Metric, Batch> batches = new EnumMap<>(Metric.class);
    points.forEach(
        (series, of) ->
            batches
                .computeIfAbsent(series.metric(), metric -> new Batch())
                .add(of, fresh.get(series), interval, start));
    if (options.isDelta()) {
      points = new LinkedHashMap<>();
    }
    List<MetricData> all = new ArrayList<>();
    batches.forEach((metric, batch) -> batch.write(metric, resource, all));
    return all;
  }

  private long start(Interval interval) {
    if (options.isDelta()) {
      return interval.startEpochNanos();
    }
    if (cumulativeStart == 0) {
      cumulativeStart = interval.startEpochNanos();
    }
    return cumulativeStart;
  }

  /** The points of one metric in one export. */
  private final class Batch {
    private final List<HistogramPointData> histograms = new ArrayList<>();
    private final List<ExponentialHistogramPointData> exponentials = new ArrayList<>();
    private final List<DoublePointData> percentiles = new ArrayList<>();

    void add(SeriesPoints of, SeriesInterval fresh, Interval interval, long start) {
      long end = interval.endEpochNanos();
      List<DoubleExemplarData> exemplars =
          ExemplarPoints.of(fresh == null ? null : fresh.exemplars(), interval);
      if (options.isExponential()) {
        exponentials.add(of.exponential(start, end, exemplars));
      } else {
        histograms.add(of.histogram(start, end, exemplars));
      }
      if (fresh != null) {
        of.percentiles(fresh, options.percentiles(), interval.startEpochNanos(), end, percentiles);
      }
    }

    void write(Metric metric, Resource resource, List<MetricData> to) {
      AggregationTemporality temporality =
          options.isDelta() ? AggregationTemporality.DELTA : AggregationTemporality.CUMULATIVE;
      String name = metric.metricName();
      to.add(
          options.isExponential()
              ? ImmutableMetricData.createExponentialHistogram(
                  resource,
                  scope,
                  name,
                  metric.description(),
                  "s",
                  ImmutableExponentialHistogramData.create(temporality, exponentials))
              : ImmutableMetricData.createDoubleHistogram(
                  resource,
                  scope,
                  name,
                  metric.description(),
                  "s",
                  ImmutableHistogramData.create(temporality, histograms)));
      if (!percentiles.isEmpty()) {
        to.add(
            ImmutableMetricData.createDoubleGauge(
                resource,
                scope,
                name + ".percentile",
                "Percentiles of " + name + " since the export before.",
                "s",
                ImmutableGaugeData.create(percentiles)));
      }
    }
  }
}
