/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.sdk.metrics.data.MetricData;
import java.util.Collection;

/**
 * Gives metric points when an export is due; called on the export thread, which it may not hold.
 */
public interface MetricSource {
  /**
   * Adds what there is now.
   *
   * @param nowEpochNanos the time of the points, by the steady clock
   * @param into where to add them; sums and histograms cumulative or delta as the {@link
   *     ExportForm} says
   */
  void collect(long nowEpochNanos, Collection<MetricData> into);
}
