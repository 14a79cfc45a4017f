/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import io.vitals.exporter.aggregate.Metric;
import java.util.List;

/** A metric that expressions may read. */
final class KnownMetric {
  final String name;
  final MetricKind kind;
  final Unit unit;

  /** What a value is multiplied with, so that it is in seconds, bytes or a fraction. */
  final double scale;

  /** The names of its attributes, or null if any may be there. */
  final List<String> labels;

  /** The metric of the aggregator, or null. */
  final Metric spans;

  KnownMetric(
      String name, MetricKind kind, Unit unit, double scale, List<String> labels, Metric spans) {
    this.name = name;
    this.kind = kind;
    this.unit = unit;
    this.scale = scale;
    this.labels = labels;
    this.spans = spans;
  }

  static KnownMetric ofUcum(String name, MetricKind kind, String ucum, List<String> labels) {
    switch (ucum) {
      case "s":
        return new KnownMetric(name, kind, Unit.DURATION, 1, labels, null);
      case "ms":
        return new KnownMetric(name, kind, Unit.DURATION, 1e-3, labels, null);
      case "us":
        return new KnownMetric(name, kind, Unit.DURATION, 1e-6, labels, null);
      case "ns":
        return new KnownMetric(name, kind, Unit.DURATION, 1e-9, labels, null);
      case "By":
        return new KnownMetric(name, kind, Unit.BYTES, 1, labels, null);
      case "By/s":
        return new KnownMetric(name, kind, Unit.BYTES_PER_SECOND, 1, labels, null);
      case "%":
        return new KnownMetric(name, kind, Unit.RATIO, 0.01, labels, null);
      case "1":
        Unit number = kind == MetricKind.GAUGE ? Unit.RATIO : Unit.COUNT;
        return new KnownMetric(name, kind, number, 1, labels, null);
      default:
        return new KnownMetric(name, kind, numberOf(ucum), 1, labels, null);
    }
  }

  private static Unit numberOf(String ucum) {
    if (ucum.endsWith("/s")) {
      return ucum.startsWith("1") || ucum.startsWith("{") ? Unit.PER_SECOND : Unit.NONE;
    }
    return ucum.startsWith("{") && ucum.endsWith("}") ? Unit.COUNT : Unit.NONE;
  }
}
