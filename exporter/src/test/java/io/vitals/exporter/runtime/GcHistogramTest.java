/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How durations of collections become points. */
class GcHistogramTest {
  private static List<MetricData> collect(GcHistogram histogram, long now) {
    List<MetricData> into = new ArrayList<>();
    histogram.collect(into, Resource.empty(), InstrumentationScopeInfo.create("t"), now);
    return into;
  }

  @Test
  void durations_fallIntoBucketsOfConventions() {
    GcHistogram histogram = new GcHistogram(false, 1);
    histogram.add("G1 Young Generation", "end of minor GC", 0.01, 1);
    histogram.add("G1 Young Generation", "end of minor GC", 0.3, 6);

    MetricData metric = collect(histogram, 9).get(0);

    assertThat(metric.getName()).isEqualTo("jvm.gc.duration");
    assertThat(metric.getUnit()).isEqualTo("s");
    HistogramPointData point = metric.getHistogramData().getPoints().iterator().next();
    assertThat(point.getBoundaries()).containsExactly(0.01, 0.1, 1.0, 10.0);
    assertThat(point.getCounts()).containsExactly(1L, 6L, 0L, 0L, 0L);
    assertThat(point.getCount()).isEqualTo(7);
    assertThat(point.getSum()).isEqualTo(0.31);
    assertThat(point.getAttributes().get(AttributeKey.stringKey("jvm.gc.name")))
        .isEqualTo("G1 Young Generation");
    assertThat(point.getAttributes().get(AttributeKey.stringKey("jvm.gc.action")))
        .isEqualTo("end of minor GC");
  }

  @Test
  void delta_startsAnewAfterEachCollection() {
    GcHistogram histogram = new GcHistogram(true, 1);
    histogram.add("Copy", "end of minor GC", 0.02, 1);

    MetricData first = collect(histogram, 9).get(0);

    assertThat(first.getHistogramData().getAggregationTemporality())
        .isEqualTo(AggregationTemporality.DELTA);
    assertThat(collect(histogram, 10)).isEmpty();
    histogram.add("Copy", "end of minor GC", 0.02, 1);
    HistogramPointData next =
        collect(histogram, 20).get(0).getHistogramData().getPoints().iterator().next();
    assertThat(next.getStartEpochNanos()).isEqualTo(10);
    assertThat(next.getCount()).isEqualTo(1);
  }
}
