/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.self;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static io.opentelemetry.sdk.metrics.InstrumentType.OBSERVABLE_COUNTER;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.bootstrap.ConnectionPools;
import io.vitals.bootstrap.Known;
import io.vitals.bootstrap.TicketTable;
import io.vitals.exporter.otlp.ExportForm;
import io.vitals.exporter.otlp.Instrument;
import io.vitals.exporter.otlp.MetricSource;
import java.util.Collection;

/** What was not shown or not exact, by reason: {@code vitals.agent.dropped}. */
public final class LossMetrics implements MetricSource {
  private static final AttributeKey<String> REASON = stringKey("reason");

  private final Resource resource;
  private final InstrumentationScopeInfo scope;
  private final Counters counters;
  private final Instrument dropped;

  /** Makes the metric of these counters. */
  public LossMetrics(
      Resource resource,
      InstrumentationScopeInfo scope,
      ExportForm form,
      long startEpochNanos,
      Counters counters) {
    this.resource = resource;
    this.scope = scope;
    this.counters = counters;
    this.dropped =
        new Instrument(
            OBSERVABLE_COUNTER,
            "vitals.agent.dropped",
            "{item}",
            "What was not shown or not exact, by reason.",
            form,
            startEpochNanos);
  }

  @Override
  public void collect(long now, Collection<MetricData> into) {
    for (Drop reason : Drop.values()) {
      lost(now, reason.reason(), counters.drops(reason));
    }
    lost(now, "task_table_full", TicketTable.lost());
    lost(now, "statement_table_full", Known.forgotten());
    lost(now, "pool_table_full", ConnectionPools.refused());
    dropped.flushInto(into, resource, scope, now);
  }

  private void lost(long now, String reason, long number) {
    if (number > 0) {
      dropped.put(now, Attributes.of(REASON, reason), number);
    }
  }
}
