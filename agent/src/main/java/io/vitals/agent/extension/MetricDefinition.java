/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.extension;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A metric as rules and backends know it: its name, what it is made of, unit, and labels.
 * Immutable.
 *
 * <p>A name has at least one dot, so that no metric of the agent or function of the rules can have
 * it one day: {@code shop.orders.open}. A unit is one of UCUM: {@code s}, {@code ms}, {@code By},
 * {@code 1} for a ratio, {@code {order}} for a number of orders. Rules compare values in units:
 * {@code shop.wait > 500ms}.
 */
public final class MetricDefinition {
  /** What a metric is made of, which decides what rules may ask of it. */
  public enum Kind {
    /** A value that means nothing added up, such as a temperature or a share. */
    GAUGE,
    /** A value that can be added up and can fall, such as orders that wait. */
    LEVEL,
    /** A total since the start, which only rises; rules ask for its {@code rate}. */
    COUNTER,
    /** Something that holds or does not: 1 or 0. */
    CONDITION
  }

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z0-9_]+)+");
  private static final Pattern LABEL = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");
  private static final int LONGEST_NAME = 200;

  /** More than anybody groups by. */
  private static final int MOST_LABELS = 16;

  private final String name;
  private final Kind kind;
  private final String unit;
  private final String description;
  private final List<String> labels;

  private MetricDefinition(
      String name, Kind kind, String unit, String description, String[] labels) {
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "metric '" + name + "': expected a name with a dot, such as shop.orders.open");
    }
    if (labels.length > MOST_LABELS) {
      throw new IllegalArgumentException(
          "metric '" + name + "': expected at most " + MOST_LABELS + " labels");
    }
    for (String label : labels) {
      if (label.length() > LONGEST_NAME || !LABEL.matcher(label).matches()) {
        throw new IllegalArgumentException(
            "metric '" + name + "': expected a label such as queue, not '" + label + "'");
      }
    }
    this.name = name;
    this.kind = kind;
    this.unit = Objects.requireNonNull(unit, name);
    this.description = Objects.requireNonNull(description, name);
    this.labels = Collections.unmodifiableList(new ArrayList<>(Arrays.asList(labels)));
  }

  /**
   * A value that means nothing added up.
   *
   * @throws IllegalArgumentException if the name or a label is none
   */
  public static MetricDefinition gauge(
      String name, String unit, String description, String... labels) {
    return new MetricDefinition(name, Kind.GAUGE, unit, description, labels);
  }

  /**
   * A value that can be added up and can fall.
   *
   * @throws IllegalArgumentException if the name or a label is none
   */
  public static MetricDefinition level(
      String name, String unit, String description, String... labels) {
    return new MetricDefinition(name, Kind.LEVEL, unit, description, labels);
  }

  /**
   * A total since the start, which only rises.
   *
   * @throws IllegalArgumentException if the name or a label is none
   */
  public static MetricDefinition counter(
      String name, String unit, String description, String... labels) {
    return new MetricDefinition(name, Kind.COUNTER, unit, description, labels);
  }

  /**
   * Something that holds or does not; a rule says {@code shop.closed == 1}, and with labels {@code
   * sum(shop.closed) by (store) == 1}.
   *
   * @throws IllegalArgumentException if the name or a label is none
   */
  public static MetricDefinition condition(String name, String description, String... labels) {
    return new MetricDefinition(name, Kind.CONDITION, "1", description, labels);
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** What it is made of. */
  public Kind kind() {
    return kind;
  }

  /** Its unit in UCUM. */
  public String unit() {
    return unit;
  }

  /** What it says, in a sentence for people. */
  public String description() {
    return description;
  }

  /** The names of its labels. */
  public List<String> labels() {
    return labels;
  }

  @Override
  public String toString() {
    return name;
  }
}
