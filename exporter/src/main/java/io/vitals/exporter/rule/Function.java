/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import java.util.Locale;

/** What can be read of a metric. */
enum Function {
  /** The value now. */
  VALUE,
  QUANTILE,
  AVG,
  MIN,
  MAX,
  SUM,
  COUNT,
  INCREASE,
  RATE,
  ERROR_RATE,
  SLOW_RATE,
  /** How often anything came, for {@code absent}. */
  SEEN;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it looks back over a time. */
  boolean isWindowed(MetricKind kind) {
    return this != VALUE && !(this == SUM && isInstant(kind));
  }

  private static boolean isInstant(MetricKind kind) {
    return kind == MetricKind.GAUGE || kind == MetricKind.LEVEL;
  }

  /** Whether it needs more of each moment than numbers and sums. */
  boolean isCostly() {
    return this == QUANTILE || this == MIN || this == MAX;
  }

  /** The unit of what it gives for a metric, or null if it cannot read it. */
  Unit unit(KnownMetric metric) {
    if (this == SEEN) {
      return Unit.COUNT;
    }
    switch (metric.kind) {
      case SPANS:
        return ofSpans();
      case GAUGE:
      case LEVEL:
        return this == VALUE || this == SUM || this == AVG || this == MIN || this == MAX
            ? metric.unit
            : null;
      case COUNTER:
        return this == INCREASE ? metric.unit : this == RATE ? perSecond(metric.unit) : null;
      default:
        return ofHistogram(metric.unit);
    }
  }

  private static Unit perSecond(Unit unit) {
    Unit rate = unit.isNumber() ? Unit.PER_SECOND : Unit.quotient(unit, Unit.DURATION);
    return rate == null ? Unit.NONE : rate;
  }

  private Unit ofSpans() {
    switch (this) {
      case QUANTILE:
      case AVG:
      case MIN:
      case MAX:
      case SUM:
        return Unit.DURATION;
      case COUNT:
      case INCREASE:
        return Unit.COUNT;
      case RATE:
        return Unit.PER_SECOND;
      case ERROR_RATE:
      case SLOW_RATE:
        return Unit.RATIO;
      default:
        return null;
    }
  }

  private Unit ofHistogram(Unit unit) {
    switch (this) {
      case AVG:
      case SUM:
        return unit;
      case COUNT:
      case INCREASE:
        return Unit.COUNT;
      case RATE:
        return Unit.PER_SECOND;
      default:
        return null;
    }
  }

  /** The functions that read a kind of metric, for messages. */
  static String allFor(MetricKind kind) {
    switch (kind) {
      case SPANS:
        return "p50 to p999, quantile, avg, min, max, sum, count, increase, rate, error_rate or"
            + " slow_rate";
      case GAUGE:
      case LEVEL:
        return "its name alone, or sum, avg, min or max";
      case COUNTER:
        return "rate or increase";
      default:
        return "sum, count, avg, rate or increase";
    }
  }
}
