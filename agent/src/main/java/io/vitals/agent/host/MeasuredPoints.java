/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.host;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.vitals.agent.extension.Measurements;
import io.vitals.agent.extension.MetricDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes what one call of {@code measure} gives; confined to the extension's thread. */
final class MeasuredPoints implements Measurements {
  /** A tenth of what a process may have of its own; each is kept by rules and by the export. */
  static final int MOST_SERIES = 1000;

  /** As long as Prometheus' advice and most backends take. */
  private static final int LONGEST_VALUE = 256;

  private final Map<String, Integer> places = new HashMap<>();
  private final List<MetricDefinition> metrics;

  /** All series that there ever were, by metric. */
  private final List<Set<Attributes>> known = new ArrayList<>();

  private final List<Map<Attributes, Double>> values = new ArrayList<>();
  private int series;
  private int refused;

  MeasuredPoints(List<MetricDefinition> metrics) {
    this.metrics = metrics;
    for (MetricDefinition metric : metrics) {
      places.put(metric.name(), places.size());
      known.add(new HashSet<>());
      values.add(new LinkedHashMap<>());
    }
  }

  @Override
  public void record(String metric, double value) {
    record(metric, value, Collections.emptyMap());
  }

  @Override
  public void condition(String metric, boolean holds) {
    condition(metric, holds, Collections.emptyMap());
  }

  @Override
  public void condition(String metric, boolean holds, Map<String, String> labels) {
    record(metric, holds ? 1 : 0, labels);
  }

  @Override
  public void record(String metric, double value, Map<String, String> labels) {
    Integer place = places.get(metric);
    if (place == null) {
      throw new IllegalArgumentException(
          "metric '" + metric + "' is not among those that metrics() gives: " + metrics);
    }
    Attributes attributes = attributes(metrics.get(place), labels);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return;
    }
    if (!known.get(place).contains(attributes)) {
      if (series >= MOST_SERIES) {
        refused++;
        return;
      }
      series++;
      known.get(place).add(attributes);
    }
    values.get(place).put(attributes, value);
  }

  private static Attributes attributes(MetricDefinition metric, Map<String, String> labels) {
    AttributesBuilder attributes = Attributes.builder();
    for (Map.Entry<String, String> label : labels.entrySet()) {
      if (!metric.labels().contains(label.getKey())) {
        throw new IllegalArgumentException(
            "metric '" + metric + "' has no label '" + label.getKey() + "': " + metric.labels());
      }
      String value = String.valueOf(label.getValue());
      attributes.put(
          label.getKey(),
          value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) : value);
    }
    return attributes.build();
  }

  /** Begins anew. */
  void clear() {
    values.forEach(Map::clear);
    refused = 0;
  }

  /** How many values were left out because there are too many series. */
  int refused() {
    return refused;
  }

  /** What was given since the last {@link #clear}. */
  List<Point> points() {
    List<Point> points = new ArrayList<>();
    for (int metric = 0; metric < values.size(); metric++) {
      for (Map.Entry<Attributes, Double> each : values.get(metric).entrySet()) {
        points.add(new Point(metric, each.getKey(), each.getValue()));
      }
    }
    return points;
  }
}
