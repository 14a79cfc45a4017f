/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.metric;

import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.bootstrap.ActiveRequests;
import io.vitals.exporter.otlp.ExportForm;
import io.vitals.exporter.otlp.Instrument;
import io.vitals.exporter.otlp.MetricSource;
import java.util.Collection;

/**
 * Gives {@code http.server.active_requests} of the methods and schemes that ever had a request;
 * confined to the export thread.
 */
public final class ActiveRequestLevels implements MetricSource {
  private final ActiveRequests active;
  private final Resource resource;
  private final InstrumentationScopeInfo scope;
  private final Instrument level;

  /** Makes the source of what {@code active} counts. */
  public ActiveRequestLevels(
      ActiveRequests active,
      Resource resource,
      InstrumentationScopeInfo scope,
      ExportForm form,
      long startEpochNanos) {
    this.active = active;
    this.resource = resource;
    this.scope = scope;
    this.level =
        new Instrument(
            InstrumentType.OBSERVABLE_UP_DOWN_COUNTER,
            "http.server.active_requests",
            "{request}",
            "Number of active HTTP server requests.",
            form,
            startEpochNanos);
  }

  @Override
  public void collect(long nowEpochNanos, Collection<MetricData> into) {
    for (int i = 0; i < active.size(); i++) {
      if (active.isUsed(i)) {
        level.put(nowEpochNanos, attributes(i), active.count(i));
      }
    }
    level.flushInto(into, resource, scope, nowEpochNanos);
  }

  private Attributes attributes(int index) {
    return Attributes.of(
        stringKey("http.request.method"), active.method(index),
        stringKey("url.scheme"), active.scheme(index));
  }
}
