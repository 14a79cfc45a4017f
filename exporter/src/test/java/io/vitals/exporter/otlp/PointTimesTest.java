/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableDoubleExemplarData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableDoublePointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableExponentialHistogramBuckets;
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
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The times of data points once the wall clock was set, by type and temporality. */
class PointTimesTest {
  private static final long START = 1_000;
  private static final long BEFORE = 5_000;
  private static final long NOW = 6_000;
  private static final Attributes NONE = Attributes.empty();

  private final PointTimes times = new PointTimes(START);

  /** One metric of each type with a point from a start to now. */
  private static List<MetricData> all(AggregationTemporality temporality, long start) {
    Resource resource = Resource.empty();
    InstrumentationScopeInfo scope = InstrumentationScopeInfo.empty();
    var exemplars =
        Collections.singletonList(
            ImmutableDoubleExemplarData.create(NONE, NOW - 1, SpanContext.getInvalid(), 3));
    var longs = List.of(ImmutableLongPointData.create(start, NOW, NONE, 7));
    var doubles = List.of(ImmutableDoublePointData.create(start, NOW, NONE, 7.5));
    var histogram =
        ImmutableHistogramPointData.create(
            start, NOW, NONE, 9, true, 1, true, 5, List.of(2.0), List.of(1L, 2L), exemplars);
    var buckets = ImmutableExponentialHistogramBuckets.create(3, 1, List.of(1L, 2L));
    var exponential =
        ImmutableExponentialHistogramPointData.create(
            3, 9, 0, true, 1, true, 5, buckets, buckets, start, NOW, NONE, exemplars);
    return List.of(
        ImmutableMetricData.createLongSum(
            resource, scope, "a", "d", "1", ImmutableSumData.create(true, temporality, longs)),
        ImmutableMetricData.createDoubleSum(
            resource, scope, "b", "d", "1", ImmutableSumData.create(true, temporality, doubles)),
        ImmutableMetricData.createDoubleHistogram(
            resource,
            scope,
            "c",
            "d",
            "1",
            ImmutableHistogramData.create(temporality, List.of(histogram))),
        ImmutableMetricData.createExponentialHistogram(
            resource,
            scope,
            "d",
            "d",
            "1",
            ImmutableExponentialHistogramData.create(temporality, List.of(exponential))),
        ImmutableMetricData.createLongGauge(
            resource, scope, "e", "d", "1", ImmutableGaugeData.create(longs)),
        ImmutableMetricData.createDoubleGauge(
            resource, scope, "f", "d", "1", ImmutableGaugeData.create(doubles)));
  }

  private static List<PointData> points(List<MetricData> metrics) {
    List<PointData> points = new ArrayList<>();
    metrics.forEach(metric -> points.addAll(metric.getData().getPoints()));
    return points;
  }

  @ParameterizedTest
  @EnumSource
  void clockThatWasNeverSet_copiesNothing(AggregationTemporality temporality) {
    List<MetricData> metrics = all(temporality, START);
    assertThat(times.tell(metrics, NOW, 0)).isSameAs(metrics);
  }

  @Test
  void differences_keepTheirLength() {
    for (long ahead : new long[] {10_000, -3_000, -10_000}) {
      List<MetricData> told = times.tell(all(AggregationTemporality.DELTA, BEFORE), NOW, ahead);
      assertThat(points(told).subList(0, 4))
          .allSatisfy(
              point -> {
                assertThat(point.getStartEpochNanos()).isEqualTo(BEFORE + ahead);
                assertThat(point.getEpochNanos()).isEqualTo(NOW + ahead);
                point
                    .getExemplars()
                    .forEach(each -> assertThat(each.getEpochNanos()).isEqualTo(NOW - 1 + ahead));
              });
    }
  }

  @Test
  void totals_keepTheirStart_untilTheClockIsSetBackBeyondIt() {
    for (long[] step : new long[][] {{10_000, 0}, {-3_000, 0}, {-10_000, -10_000}, {0, -10_000}}) {
      List<MetricData> told =
          times.tell(all(AggregationTemporality.CUMULATIVE, START), NOW, step[0]);
      assertThat(points(told))
          .as(Arrays.toString(step))
          .hasSize(6)
          .allSatisfy(
              point -> {
                assertThat(point.getStartEpochNanos()).isEqualTo(START + step[1]);
                assertThat(point.getEpochNanos()).isEqualTo(NOW + step[0]);
              });
    }
  }

  @Test
  void totalsOfALaterStart_neverStartAfterTheirTime() {
    List<MetricData> told = times.tell(all(AggregationTemporality.CUMULATIVE, BEFORE), NOW, -3_000);
    assertThat(points(told))
        .allSatisfy(point -> assertThat(point.getStartEpochNanos()).isEqualTo(NOW - 3_000));
  }

  @Test
  void whatIsMeasured_staysAsItIs() {
    List<MetricData> metrics = all(AggregationTemporality.DELTA, BEFORE);
    List<MetricData> there = times.tell(metrics, NOW, 10_000);
    // Back and forth: equal in everything again, values, buckets and exemplars among it.
    assertThat(times.tell(there, NOW, -10_000).subList(0, 4)).isEqualTo(metrics.subList(0, 4));
    assertThat(there).extracting(MetricData::getName).containsExactly("a", "b", "c", "d", "e", "f");
  }
}
