/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import java.util.Collections;
import java.util.List;

/** One reading of a metric: which function over which series, grouped how, and how far back. */
final class Query {
  final KnownMetric metric;

  /** Sorted by label. */
  final List<Matcher> matchers;

  final Function function;

  /** The quantile, the limit of a slow call in seconds, or 0. */
  final double parameter;

  /** How far back in nanoseconds, or 0 for the value now. */
  final long windowNanos;

  final long offsetNanos;

  /** Fewer samples are no result. */
  final long minCount;

  /** Sorted, without duplicates. */
  final List<String> by;

  Query(
      KnownMetric metric,
      List<Matcher> matchers,
      Function function,
      double parameter,
      long windowNanos,
      long offsetNanos,
      long minCount,
      List<String> by) {
    this.metric = metric;
    this.matchers = matchers;
    this.function = function;
    this.parameter = parameter;
    this.windowNanos = windowNanos;
    this.offsetNanos = offsetNanos;
    this.minCount = minCount;
    this.by = by;
  }

  /** What is gathered for it; equal for all that can share one {@link Source}. */
  String sourceKey() {
    StringBuilder key = new StringBuilder(selector());
    key.append(" by ").append(by);
    if (function == Function.SLOW_RATE) {
      key.append(" above ").append(slowNanos());
    }
    return key.append(isSummed() ? " summed" : "").toString();
  }

  /** What it gives of its source; equal for all that can share one {@link Reading}. */
  String text() {
    StringBuilder text = new StringBuilder(function.text());
    text.append('(');
    if (parameter != 0) {
      text.append(parameter).append(", ");
    }
    text.append(selector()).append('[').append(windowNanos).append(']');
    text.append(" offset ").append(offsetNanos).append(" min_count ").append(minCount);
    return text.append(") by ").append(by).toString();
  }

  private String selector() {
    StringBuilder text = new StringBuilder(metric.name).append('{');
    for (Matcher matcher : matchers) {
      text.append(matcher.text()).append(',');
    }
    return text.append('}').toString();
  }

  /** Whether attribute sets are added up at each moment. */
  boolean isSummed() {
    return metric.kind == MetricKind.LEVEL
        || metric.kind == MetricKind.GAUGE && function == Function.SUM;
  }

  /** The same window of nothing but time. */
  Query lengthOnly() {
    return new Query(
        metric,
        Collections.<Matcher>emptyList(),
        windowNanos == 0 ? Function.VALUE : Function.COUNT,
        0,
        windowNanos,
        offsetNanos,
        0,
        Collections.<String>emptyList());
  }

  /** Calls that are longer are slow; -1 if it does not ask for those. */
  long slowNanos() {
    return function == Function.SLOW_RATE ? Math.round(parameter * 1e9) : -1;
  }
}
