/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableDoubleExemplarData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableDoublePointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableExponentialHistogramData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableGaugeData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableHistogramData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableHistogramPointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableLongPointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableMetricData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableSumData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Tells the times of data points by the wall clock, where that is not the steady one any more.
 *
 * <p>A difference keeps its length. A total keeps its start, because another one says that it began
 * anew; only where the wall clock was set back beyond the start does that move with it, for OTLP
 * knows no start after the time. Confined to the export thread; nothing is copied as long as the
 * wall clock was never set.
 */
final class PointTimes {
  private final long startEpochNanos;
  private long aheadNanos;

  /** By how much the start of totals is moved. */
  private long startAheadNanos;

  /** Since when totals are gathered at the earliest, by the steady clock. */
  PointTimes(long startEpochNanos) {
    this.startEpochNanos = startEpochNanos;
  }

  /** The same with the times that the wall clock would have told. */
  List<MetricData> tell(List<MetricData> metrics, long nowEpochNanos, long wallAheadNanos) {
    aheadNanos = wallAheadNanos;
    if (startEpochNanos + startAheadNanos > nowEpochNanos + aheadNanos) {
      startAheadNanos = aheadNanos;
    }
    if (aheadNanos == 0 && startAheadNanos == 0) {
      return metrics;
    }
    List<MetricData> told = new ArrayList<>(metrics.size());
    for (MetricData metric : metrics) {
      told.add(tell(metric));
    }
    return told;
  }

  private MetricData tell(MetricData of) {
    Resource resource = of.getResource();
    InstrumentationScopeInfo scope = of.getInstrumentationScopeInfo();
    String name = of.getName();
    String text = of.getDescription();
    String unit = of.getUnit();
    switch (of.getType()) {
      case LONG_GAUGE:
        return ImmutableMetricData.createLongGauge(
            resource, scope, name, text, unit, ImmutableGaugeData.create(longs(of, false)));
      case DOUBLE_GAUGE:
        return ImmutableMetricData.createDoubleGauge(
            resource, scope, name, text, unit, ImmutableGaugeData.create(doubles(of, false)));
      case LONG_SUM:
        SumData<LongPointData> longSum = of.getLongSumData();
        return ImmutableMetricData.createLongSum(
            resource, scope, name, text, unit, sum(longSum, longs(of, isDelta(longSum))));
      case DOUBLE_SUM:
        SumData<DoublePointData> doubleSum = of.getDoubleSumData();
        return ImmutableMetricData.createDoubleSum(
            resource, scope, name, text, unit, sum(doubleSum, doubles(of, isDelta(doubleSum))));
      case HISTOGRAM:
        return ImmutableMetricData.createDoubleHistogram(
            resource, scope, name, text, unit, histogram(of.getHistogramData()));
      case EXPONENTIAL_HISTOGRAM:
        return ImmutableMetricData.createExponentialHistogram(
            resource, scope, name, text, unit, exponential(of.getExponentialHistogramData()));
      default:
        // A summary: nobody here makes one.
        return of;
    }
  }

  private static boolean isDelta(SumData<?> sum) {
    return sum.getAggregationTemporality() == AggregationTemporality.DELTA;
  }

  private static <T extends PointData> SumData<T> sum(SumData<T> of, List<T> points) {
    return ImmutableSumData.create(of.isMonotonic(), of.getAggregationTemporality(), points);
  }

  private long start(PointData point, boolean isDelta) {
    long start = point.getStartEpochNanos() + (isDelta ? aheadNanos : startAheadNanos);
    return Math.min(start, time(point));
  }

  private long time(PointData point) {
    return point.getEpochNanos() + aheadNanos;
  }

  @SuppressWarnings("unchecked")
  private List<LongPointData> longs(MetricData of, boolean isDelta) {
    List<LongPointData> told = new ArrayList<>();
    for (LongPointData each : (Collection<LongPointData>) of.getData().getPoints()) {
      told.add(
          ImmutableLongPointData.create(
              start(each, isDelta), time(each), each.getAttributes(), each.getValue()));
    }
    return told;
  }

  @SuppressWarnings("unchecked")
  private List<DoublePointData> doubles(MetricData of, boolean isDelta) {
    List<DoublePointData> told = new ArrayList<>();
    for (DoublePointData each : (Collection<DoublePointData>) of.getData().getPoints()) {
      told.add(
          ImmutableDoublePointData.create(
              start(each, isDelta), time(each), each.getAttributes(), each.getValue()));
    }
    return told;
  }

  private HistogramData histogram(HistogramData of) {
    boolean isDelta = of.getAggregationTemporality() == AggregationTemporality.DELTA;
    List<HistogramPointData> told = new ArrayList<>();
    for (HistogramPointData each : of.getPoints()) {
      told.add(
          ImmutableHistogramPointData.create(
              start(each, isDelta),
              time(each),
              each.getAttributes(),
              each.getSum(),
              each.hasMin(),
              each.getMin(),
              each.hasMax(),
              each.getMax(),
              each.getBoundaries(),
              each.getCounts(),
              exemplars(each.getExemplars())));
    }
    return ImmutableHistogramData.create(of.getAggregationTemporality(), told);
  }

  private ExponentialHistogramData exponential(ExponentialHistogramData of) {
    boolean isDelta = of.getAggregationTemporality() == AggregationTemporality.DELTA;
    List<ExponentialHistogramPointData> told = new ArrayList<>();
    for (ExponentialHistogramPointData each : of.getPoints()) {
      told.add(
          ImmutableExponentialHistogramPointData.create(
              each.getScale(),
              each.getSum(),
              each.getZeroCount(),
              each.hasMin(),
              each.getMin(),
              each.hasMax(),
              each.getMax(),
              each.getPositiveBuckets(),
              each.getNegativeBuckets(),
              start(each, isDelta),
              time(each),
              each.getAttributes(),
              exemplars(each.getExemplars())));
    }
    return ImmutableExponentialHistogramData.create(of.getAggregationTemporality(), told);
  }

  private List<DoubleExemplarData> exemplars(List<DoubleExemplarData> of) {
    List<DoubleExemplarData> told = new ArrayList<>(of.size());
    for (DoubleExemplarData each : of) {
      told.add(
          ImmutableDoubleExemplarData.create(
              each.getFilteredAttributes(),
              each.getEpochNanos() + aheadNanos,
              each.getSpanContext(),
              each.getValue()));
    }
    return told;
  }
}
