/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.sdk.metrics.InstrumentType;
import io.vitals.exporter.config.Config;
import java.util.Collections;
import java.util.Locale;

/**
 * The form in which metrics are to leave, by {@code otel.exporter.otlp.metrics.*}: temporality and
 * kind of histogram.
 *
 * <p>These are options of OTLP. Where other exporters run beside it they get the same points; where
 * it does not run at all points are cumulative.
 */
public final class ExportForm {
  /** Cumulative points with explicit buckets: the standard's default. */
  public static final ExportForm CUMULATIVE = new ExportForm("cumulative", false);

  private static final String PREFERENCE = "otel.exporter.otlp.metrics.temporality.preference";
  private static final String HISTOGRAM =
      "otel.exporter.otlp.metrics.default.histogram.aggregation";

  private final String preference;
  private final boolean exponential;

  ExportForm(String preference, boolean exponential) {
    this.preference = preference;
    this.exponential = exponential;
  }

  /** Reads the form; touches nothing of the SDK. */
  public static ExportForm of(Config config) {
    if (!config.list("otel.metrics.exporter", Collections.singletonList("otlp")).contains("otlp")) {
      return CUMULATIVE;
    }
    String preference = config.string(PREFERENCE, "cumulative").toLowerCase(Locale.ROOT);
    if (!preference.equals("cumulative")
        && !preference.equals("delta")
        && !preference.equals("lowmemory")) {
      config.problem(PREFERENCE, "cumulative, delta or lowmemory", "cumulative");
      preference = "cumulative";
    }
    String histogram = config.string(HISTOGRAM, "explicit_bucket_histogram");
    boolean exponential = histogram.equalsIgnoreCase("base2_exponential_bucket_histogram");
    if (!exponential && !histogram.equalsIgnoreCase("explicit_bucket_histogram")) {
      config.problem(
          HISTOGRAM,
          "explicit_bucket_histogram or base2_exponential_bucket_histogram",
          "explicit_bucket_histogram");
    }
    return new ExportForm(preference, exponential);
  }

  /** Whether points of such an instrument are to hold only what came since the last export. */
  public boolean delta(InstrumentType instrument) {
    switch (instrument) {
      case COUNTER:
      case HISTOGRAM:
        return !preference.equals("cumulative");
      case OBSERVABLE_COUNTER:
        return preference.equals("delta");
      default:
        return false;
    }
  }

  /** Whether histograms have delta temporality. */
  public boolean deltaHistograms() {
    return !preference.equals("cumulative");
  }

  /** Whether histograms are to be base-2 exponential ones instead of explicit buckets. */
  public boolean exponentialHistograms() {
    return exponential;
  }
}
