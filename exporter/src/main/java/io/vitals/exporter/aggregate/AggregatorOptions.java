/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the drain needs to know of the configuration; set up by one thread, then only read. */
public final class AggregatorOptions {
  private static final List<String> KNOWN_METHODS =
      Arrays.asList(
          "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE");

  boolean delta;
  boolean exponential;
  boolean exemplars = true;
  boolean keepErrors;
  boolean keepSlow;
  double rescuedTracesPerSecond = 10;
  int seriesLimit = 2000;
  long tickNanos = 10_000_000_000L;
  long histogramBytes = HistogramMemory.MOST_BYTES;
  Set<String> knownMethods = new HashSet<>(KNOWN_METHODS);
  List<Double> percentiles =
      Collections.unmodifiableList(Arrays.asList(0.5, 0.9, 0.95, 0.99, 0.999));

  /** The defaults. */
  public AggregatorOptions() {}

  /**
   * Histograms with delta temporality, for the preferences {@code delta} and {@code lowmemory}.
   * What nothing came for between two exports is then forgotten, and makes room for other series.
   */
  public AggregatorOptions delta(boolean on) {
    delta = on;
    return this;
  }

  /** Base-2 exponential histograms instead of the conventions' buckets. */
  public AggregatorOptions exponential(boolean on) {
    exponential = on;
    return this;
  }

  /** Whether points name kept traces; {@code otel.metrics.exemplar.filter=always_off} says no. */
  public AggregatorOptions exemplars(boolean on) {
    exemplars = on;
    return this;
  }

  /** Keeps traces that the sampler dropped if their local root failed. */
  public AggregatorOptions keepErrors(boolean on) {
    keepErrors = on;
    return this;
  }

  /** Keeps traces that the sampler dropped if their local root was slower than its route's p99. */
  public AggregatorOptions keepSlow(boolean on) {
    keepSlow = on;
    return this;
  }

  /** How many traces a second are kept for their outcome. */
  public AggregatorOptions rescuedTracesPerSecond(double traces) {
    rescuedTracesPerSecond = traces;
    return this;
  }

  /** How many series a metric has, the overflow series among them; 2 at least. */
  public AggregatorOptions seriesLimit(int series) {
    seriesLimit = Math.max(2, series);
    return this;
  }

  /** How often an interval is published. */
  public AggregatorOptions tickNanos(long nanos) {
    tickNanos = nanos;
    return this;
  }

  /** How many bytes fine histograms may take together. */
  public AggregatorOptions histogramBytes(long bytes) {
    histogramBytes = bytes;
    return this;
  }

  /** The methods that are shown by name; each other one is {@code _OTHER}. */
  public AggregatorOptions knownMethods(Collection<String> methods) {
    knownMethods = new HashSet<>(methods);
    return this;
  }

  /** The percentiles that are sent beside the histograms, as quantiles between 0 and 1. */
  public AggregatorOptions percentiles(List<Double> quantiles) {
    percentiles = Collections.unmodifiableList(new ArrayList<>(quantiles));
    return this;
  }

  /** Whether histograms have delta temporality. */
  public boolean isDelta() {
    return delta;
  }

  /** Whether histograms are exponential. */
  public boolean isExponential() {
    return exponential;
  }

  /** The percentiles that are sent beside the histograms. */
  public List<Double> percentiles() {
    return percentiles;
  }
}
