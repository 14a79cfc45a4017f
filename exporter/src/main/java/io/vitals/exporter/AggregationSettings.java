/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter;

import io.vitals.exporter.aggregate.AggregatorOptions;
import io.vitals.exporter.config.Config;
import io.vitals.exporter.otlp.ExportForm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads how durations are aggregated out of the configuration. */
final class AggregationSettings {
  private static final String PERCENTILES = "vitals.percentiles";
  private static final String EXEMPLARS = "otel.metrics.exemplar.filter";
  private static final String METHODS = "otel.instrumentation.http.known-methods";

  private AggregationSettings() {}

  static AggregatorOptions of(Config config, ExportForm form) {
    List<String> none = Collections.emptyList();
    AggregatorOptions options =
        new AggregatorOptions()
            .delta(form.deltaHistograms())
            .exponential(form.exponentialHistograms())
            .exemplars(exemplars(config))
            .keepErrors(config.flag("vitals.sampling.keep-errors", false))
            .keepSlow(config.flag("vitals.sampling.keep-slow", false))
            .seriesLimit(config.integer("otel.java.metrics.cardinality.limit", 2000, 2));
    List<String> methods = config.list(METHODS, none);
    if (!methods.isEmpty()) {
      options.knownMethods(methods);
    }
    return percentiles(config, options);
  }

  private static boolean exemplars(Config config) {
    String filter = config.string(EXEMPLARS, "trace_based");
    if (!filter.equalsIgnoreCase("trace_based") && !filter.equalsIgnoreCase("always_off")) {
      config.problem(EXEMPLARS, "trace_based or always_off", "trace_based");
    }
    return !filter.equalsIgnoreCase("always_off");
  }

  private static AggregatorOptions percentiles(Config config, AggregatorOptions options) {
    List<Double> quantiles = new ArrayList<>();
    for (String text : config.list(PERCENTILES, Collections.<String>emptyList())) {
      double quantile = quantile(text);
      if (quantile < 0) {
        config.problem(
            PERCENTILES, "numbers from 0 to 1, such as 0.5,0.99", "those that can be read");
      } else if (!quantiles.contains(quantile)) {
        quantiles.add(quantile);
      }
    }
    boolean askedForNone = config.string(PERCENTILES, "").equalsIgnoreCase("none");
    return quantiles.isEmpty() && !askedForNone ? options : options.percentiles(quantiles);
  }

  private static double quantile(String text) {
    try {
      double quantile = Double.parseDouble(text);
      return quantile >= 0 && quantile <= 1 ? quantile : -1;
    } catch (NumberFormatException e) {
      return text.equalsIgnoreCase("none") ? 0 : -1;
    }
  }
}
