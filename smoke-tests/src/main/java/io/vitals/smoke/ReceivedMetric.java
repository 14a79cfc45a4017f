/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * One metric of one export as it arrived.
 *
 * @param type {@code GAUGE}, {@code SUM}, {@code HISTOGRAM}, {@code EXPONENTIAL_HISTOGRAM}
 * @param temporality {@code CUMULATIVE}, {@code DELTA}, or empty for a gauge
 */
record ReceivedMetric(
    String name,
    String unit,
    String description,
    String type,
    String temporality,
    boolean monotonic,
    List<Point> points,
    String scope,
    Map<String, Object> resource) {

  /**
   * One data point.
   *
   * @param value of a gauge or sum; the sum of a histogram
   * @param count of a histogram; 0 for others
   * @param bounds upper bounds of an explicit histogram; empty for others
   * @param buckets counts of an explicit histogram; for an exponential one those of its positive
   *     side
   * @param exemplarTraceIds trace ids of its exemplars
   */
  record Point(
      Map<String, Object> attributes,
      long startNanos,
      long timeNanos,
      double value,
      long count,
      List<Double> bounds,
      List<Long> buckets,
      List<String> exemplarTraceIds) {

    /** The value of an attribute as text, or null. */
    String attribute(String name) {
      Object value = attributes.get(name);
      return value == null ? null : value.toString();
    }
  }

  static List<ReceivedMetric> of(List<ResourceMetrics> parts) {
    List<ReceivedMetric> metrics = new ArrayList<>();
    for (ResourceMetrics part : parts) {
      Map<String, Object> resource = Values.of(part.getResource().getAttributesList());
      for (ScopeMetrics scope : part.getScopeMetricsList()) {
        for (Metric metric : scope.getMetricsList()) {
          metrics.add(of(metric, scope.getScope().getName(), resource));
        }
      }
    }
    return metrics;
  }

  private static ReceivedMetric of(Metric metric, String scope, Map<String, Object> resource) {
    List<Point> points = new ArrayList<>();
    String temporality = "";
    boolean monotonic = false;
    switch (metric.getDataCase()) {
      case GAUGE ->
          metric.getGauge().getDataPointsList().forEach(point -> points.add(point(point)));
      case SUM -> {
        temporality = metric.getSum().getAggregationTemporality().name();
        monotonic = metric.getSum().getIsMonotonic();
        metric.getSum().getDataPointsList().forEach(point -> points.add(point(point)));
      }
      case HISTOGRAM -> {
        temporality = metric.getHistogram().getAggregationTemporality().name();
        metric.getHistogram().getDataPointsList().forEach(point -> points.add(point(point)));
      }
      case EXPONENTIAL_HISTOGRAM -> {
        temporality = metric.getExponentialHistogram().getAggregationTemporality().name();
        metric
            .getExponentialHistogram()
            .getDataPointsList()
            .forEach(point -> points.add(point(point)));
      }
      default -> throw new IllegalArgumentException("a metric of no known type: " + metric);
    }
    return new ReceivedMetric(
        metric.getName(),
        metric.getUnit(),
        metric.getDescription(),
        metric.getDataCase().name(),
        temporality.replace("AGGREGATION_TEMPORALITY_", ""),
        monotonic,
        points,
        scope,
        resource);
  }

  private static Point point(NumberDataPoint point) {
    return new Point(
        Values.of(point.getAttributesList()),
        point.getStartTimeUnixNano(),
        point.getTimeUnixNano(),
        point.hasAsInt() ? point.getAsInt() : point.getAsDouble(),
        0,
        List.of(),
        List.of(),
        traceIds(point.getExemplarsList()));
  }

  private static Point point(HistogramDataPoint point) {
    return new Point(
        Values.of(point.getAttributesList()),
        point.getStartTimeUnixNano(),
        point.getTimeUnixNano(),
        point.getSum(),
        point.getCount(),
        List.copyOf(point.getExplicitBoundsList()),
        List.copyOf(point.getBucketCountsList()),
        traceIds(point.getExemplarsList()));
  }

  private static Point point(ExponentialHistogramDataPoint point) {
    return new Point(
        Values.of(point.getAttributesList()),
        point.getStartTimeUnixNano(),
        point.getTimeUnixNano(),
        point.getSum(),
        point.getCount(),
        List.of(),
        List.copyOf(point.getPositive().getBucketCountsList()),
        traceIds(point.getExemplarsList()));
  }

  private static List<String> traceIds(List<Exemplar> exemplars) {
    return exemplars.stream()
        .map(exemplar -> HexFormat.of().formatHex(exemplar.getTraceId().toByteArray()))
        .toList();
  }
}
