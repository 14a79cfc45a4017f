/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.health;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Collections;
import java.util.List;

/** How everything is doing at one moment; immutable. */
public final class HealthReport {
  /** Nothing is known yet. */
  static final HealthReport NONE =
      new HealthReport(0, HealthState.HEALTHY, 100, Collections.<Component>emptyList());

  /** In nanoseconds since the epoch; 0 before the first look. */
  public final long timeEpochNanos;

  public final HealthState state;

  /** 0 to 100; see the package. */
  public final double score;

  public final List<Component> components;

  /** The process, or something that it depends on. */
  public static final class Component {
    public final String name;
    public final HealthState state;
    public final double score;
    public final List<CheckResult> checks;

    Component(String name, HealthState state, double score, List<CheckResult> checks) {
      this.name = name;
      this.state = state;
      this.score = score;
      this.checks = Collections.unmodifiableList(checks);
    }
  }

  /** What one check has measured. */
  public static final class CheckResult {
    public final String name;
    public final double value;

    /** UCUM; {@code 1} is a share. */
    public final String unit;

    public final double score;
    public final Trend trend;

    /** Why the peer of an active check does not answer, or null. */
    public final String error;

    CheckResult(Watched from, double score) {
      this.name = from.name;
      this.value = from.value;
      this.unit = from.unit;
      this.score = score;
      this.trend = from.trend();
      this.error = from.failure == null ? null : from.failure.getMessage();
    }
  }

  HealthReport(long timeEpochNanos, HealthState state, double score, List<Component> components) {
    this.timeEpochNanos = timeEpochNanos;
    this.state = state;
    this.score = score;
    this.components = Collections.unmodifiableList(components);
  }

  /** As JSON, for probes and pages. */
  public String toJson() {
    JsonObject all = new JsonObject();
    all.addProperty("status", state.text());
    all.addProperty("score", rounded(score));
    JsonArray list = new JsonArray();
    for (Component component : components) {
      JsonObject each = new JsonObject();
      each.addProperty("name", component.name);
      each.addProperty("status", component.state.text());
      each.addProperty("score", rounded(component.score));
      JsonArray checks = new JsonArray();
      for (CheckResult check : component.checks) {
        checks.add(json(check));
      }
      each.add("checks", checks);
      list.add(each);
    }
    all.add("components", list);
    return all.toString();
  }

  private static JsonObject json(CheckResult check) {
    JsonObject json = new JsonObject();
    json.addProperty("name", check.name);
    json.addProperty("value", rounded(check.value));
    json.addProperty("unit", check.unit);
    json.addProperty("score", rounded(check.score));
    if (check.error != null) {
      json.addProperty("error", check.error);
    }
    json.addProperty("trend", check.trend.direction());
    if (!Double.isNaN(check.trend.change)) {
      json.addProperty("change", rounded(check.trend.change));
      json.addProperty("forecast", rounded(check.trend.forecast));
      json.addProperty("forecast_low", rounded(check.trend.forecastLow));
      json.addProperty("forecast_high", rounded(check.trend.forecastHigh));
    }
    return json;
  }

  private static double rounded(double value) {
    return Math.rint(value * 1e4) / 1e4;
  }
}
