/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import io.opentelemetry.sdk.metrics.data.MetricData;
import io.vitals.exporter.otlp.MetricSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What rules read beside the durations: the JVM, the machine, the agent itself; totals, not deltas.
 */
public final class Gauges implements MetricSource {
  private final List<MetricSource> sources = new CopyOnWriteArrayList<>();

  /** Adds, on any thread, a source whose sums and histograms are cumulative. */
  public void add(MetricSource source) {
    sources.add(source);
  }

  @Override
  public void collect(long nowEpochNanos, Collection<MetricData> into) {
    for (MetricSource source : sources) {
      source.collect(nowEpochNanos, into);
    }
  }
}
