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
import java.util.BitSet;
import java.util.Collection;

/**
 * Gives {@code http.server.active_requests} of the methods and schemes that had a request being
 * answered when an export was due; confined to the export thread.
 */
public final class ActiveRequestLevels implements MetricSource {
  private final ActiveRequests active;
  private final Resource resource;
  private final InstrumentationScopeInfo scope;
  private final Instrument level;
  private final BitSet seen = new BitSet();

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
      long count = active.count(i);
      if (count != 0 || seen.get(i)) {
        seen.set(i);
        level.put(nowEpochNanos, attributes(i), count);
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
