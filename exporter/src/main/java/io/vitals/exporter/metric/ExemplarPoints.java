/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.metric;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableDoubleExemplarData;
import io.vitals.bootstrap.Hex;
import io.vitals.exporter.aggregate.Exemplars;
import io.vitals.exporter.aggregate.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes the kept traces of a series down as exemplars, one a filled bucket at most. */
final class ExemplarPoints {
  private ExemplarPoints() {}

  static List<DoubleExemplarData> of(Exemplars exemplars, Interval interval) {
    if (exemplars == null) {
      return Collections.emptyList();
    }
    List<DoubleExemplarData> points = new ArrayList<>();
    for (int bucket = 0; bucket < exemplars.buckets(); bucket++) {
      if (exemplars.has(bucket)) {
        points.add(point(exemplars, bucket, interval));
      }
    }
    return points;
  }

  private static DoubleExemplarData point(Exemplars exemplars, int bucket, Interval interval) {
    SpanContext context =
        SpanContext.create(
            Hex.traceId(exemplars.traceIdHigh(bucket), exemplars.traceIdLow(bucket)),
            Hex.spanId(exemplars.spanId(bucket)),
            TraceFlags.getSampled(),
            TraceState.getDefault());
    return ImmutableDoubleExemplarData.create(
        Attributes.empty(),
        interval.epochNanos(exemplars.endNanos(bucket)),
        context,
        SeriesPoints.seconds(exemplars.nanos(bucket)));
  }
}
