/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.host;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.agent.extension.MetricDefinition;
import io.vitals.exporter.otlp.ExportForm;
import io.vitals.exporter.otlp.Instrument;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Turns the values of one extension into metrics; confined to one thread. */
final class PointSource {
  private final Resource resource;
  private final InstrumentationScopeInfo scope;
  private final List<Instrument> instruments = new ArrayList<>();

  PointSource(RunningExtension of, Resource resource, ExportForm form, long startEpochNanos) {
    this.resource = resource;
    this.scope = InstrumentationScopeInfo.create(of.name);
    for (MetricDefinition metric : of.metrics) {
      instruments.add(
          new Instrument(
              type(metric),
              metric.name(),
              metric.unit(),
              metric.description(),
              form,
              startEpochNanos));
    }
  }

  private static InstrumentType type(MetricDefinition metric) {
    switch (metric.kind()) {
      case COUNTER:
        return InstrumentType.OBSERVABLE_COUNTER;
      case LEVEL:
        return InstrumentType.OBSERVABLE_UP_DOWN_COUNTER;
      default:
        return InstrumentType.OBSERVABLE_GAUGE;
    }
  }

  void collect(List<Point> points, long now, Collection<MetricData> into) {
    for (Point point : points) {
      instruments.get(point.metric).put(now, point.attributes, point.value);
    }
    for (Instrument instrument : instruments) {
      instrument.flushInto(into, resource, scope, now);
    }
  }
}
