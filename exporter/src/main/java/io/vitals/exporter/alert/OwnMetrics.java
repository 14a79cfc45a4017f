/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.exporter.otlp.ExportForm;
import io.vitals.exporter.otlp.MetricSource;
import io.vitals.exporter.rule.Catalogue;
import java.util.Collection;

/** Metrics that somebody else brings: read by rules, and exported beside the agent's. */
public interface OwnMetrics {
  /** The agent's metrics and these; the first call may take some seconds. */
  Catalogue catalogue();

  /**
   * Measures, and gives what rules read: totals, not deltas.
   *
   * <p>Called once a look on the thread that evaluates the rules; takes a tenth of a second at
   * most.
   */
  void measure(long nowEpochNanos, Collection<MetricData> into);

  /** Gives what was measured last; called on the export thread. */
  MetricSource exported(
      Resource resource, InstrumentationScopeInfo scope, ExportForm form, long startEpochNanos);

  /** Measures no more. */
  void close();
}
