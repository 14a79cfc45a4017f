/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.health;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static io.opentelemetry.sdk.metrics.InstrumentType.OBSERVABLE_GAUGE;
import static io.opentelemetry.sdk.metrics.InstrumentType.OBSERVABLE_UP_DOWN_COUNTER;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.exporter.otlp.ExportForm;
import io.vitals.exporter.otlp.Instrument;
import io.vitals.exporter.otlp.MetricSource;
import java.util.Collection;

/** The health as metrics: {@code vitals.health.score} and {@code vitals.health.status}. */
public final class HealthMetrics implements MetricSource {
  private static final AttributeKey<String> COMPONENT = stringKey("vitals.health.component");
  private static final AttributeKey<String> STATE = stringKey("vitals.health.state");

  private final HealthModel model;
  private final Resource resource;
  private final InstrumentationScopeInfo scope;
  private final Instrument score;
  private final Instrument status;
  private final Instrument duration;

  /** Makes the metrics of a model. */
  public HealthMetrics(
      HealthModel model,
      Resource resource,
      InstrumentationScopeInfo scope,
      ExportForm form,
      long startEpochNanos) {
    this.model = model;
    this.resource = resource;
    this.scope = scope;
    this.score =
        new Instrument(
            OBSERVABLE_GAUGE,
            "vitals.health.score",
            "1",
            "0 to 100, how the process or a dependency is doing; 100 is best.",
            form,
            startEpochNanos);
    this.status =
        new Instrument(
            OBSERVABLE_UP_DOWN_COUNTER,
            "vitals.health.status",
            "1",
            "1 for the state that the process or a dependency is in, 0 for the others.",
            form,
            startEpochNanos);
    this.duration =
        new Instrument(
            OBSERVABLE_GAUGE,
            "vitals.health.check.duration",
            "s",
            "What the last attempt of an active check that succeeded took.",
            form,
            startEpochNanos);
  }

  @Override
  public void collect(long now, Collection<MetricData> into) {
    for (HealthReport.Component component : model.report().components) {
      score.put(now, Attributes.of(COMPONENT, component.name), component.score);
      for (HealthState state : HealthState.values()) {
        Attributes attributes = Attributes.of(COMPONENT, component.name, STATE, state.text());
        status.put(now, attributes, component.state == state ? 1L : 0L);
      }
    }
    model
        .checkSeconds()
        .forEach(
            (component, seconds) ->
                duration.put(now, Attributes.of(COMPONENT, component), seconds));
    duration.flushInto(into, resource, scope, now);
    score.flushInto(into, resource, scope, now);
    status.flushInto(into, resource, scope, now);
  }
}
