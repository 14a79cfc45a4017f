/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.List;

/**
 * The form in which metric exporters want their points.
 *
 * <p>Where several exporters run side by side, all get the form of the first: that is what {@code
 * otel.exporter.otlp.metrics.*} says if {@code otlp} stands first.
 */
public final class ExportForm {
  /** Cumulative points with explicit buckets: the standard's default. */
  public static final ExportForm CUMULATIVE = new ExportForm(null);

  private final MetricExporter first;

  private ExportForm(MetricExporter first) {
    this.first = first;
  }

  static ExportForm of(List<MetricExporter> exporters) {
    return exporters.isEmpty() ? CUMULATIVE : new ExportForm(exporters.get(0));
  }

  /** Whether points of such an instrument are to hold only what came since the last export. */
  public boolean delta(InstrumentType instrument) {
    return first != null
        && first.getAggregationTemporality(instrument) == AggregationTemporality.DELTA;
  }

  /** Whether histograms are to be base-2 exponential ones instead of explicit buckets. */
  public boolean exponentialHistograms() {
    return first != null
        && first.getDefaultAggregation(InstrumentType.HISTOGRAM)
            == Aggregation.base2ExponentialBucketHistogram();
  }
}
