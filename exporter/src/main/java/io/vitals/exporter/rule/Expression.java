/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A condition or a value over what the agent measures, read from text and checked; immutable.
 *
 * <p>The language is described in this package's documentation. Two expressions that mean the same
 * are equal, and {@link Measures} evaluates them from the same numbers.
 */
public final class Expression {
  /** The longest text, which no person writes; it bounds what reading one costs. */
  public static final int LONGEST_TEXT = 10_000;

  /** The window of a function where none is written, in seconds. */
  public static final double DEFAULT_WINDOW_SECONDS = 60;

  private final String text;
  private final Catalogue catalogue;
  private final Term root;
  private final List<Query> queries;

  private Expression(String text, Catalogue catalogue, Term root) {
    this.text = text;
    this.catalogue = catalogue;
    this.root = root;
    List<Query> all = new ArrayList<>();
    root.addQueries(all);
    this.queries = Collections.unmodifiableList(all);
  }

  /**
   * Reads a condition over the agent's own metrics.
   *
   * @throws ExpressionFault if it is none, with the place and what was expected
   */
  public static Expression parse(String text) throws ExpressionFault {
    return parse(text, Catalogue.builtIn());
  }

  /** Reads a condition over these metrics. */
  public static Expression parse(String text, Catalogue catalogue) throws ExpressionFault {
    return read(text, catalogue, DEFAULT_WINDOW_SECONDS, true);
  }

  /**
   * Reads a value over the agent's own metrics, such as {@code error_rate(http.server[5m])}.
   *
   * @throws ExpressionFault if it is none, with the place and what was expected
   */
  public static Expression parseValue(String text) throws ExpressionFault {
    return parseValue(text, Catalogue.builtIn());
  }

  /** Reads a value over these metrics. */
  public static Expression parseValue(String text, Catalogue catalogue) throws ExpressionFault {
    return read(text, catalogue, DEFAULT_WINDOW_SECONDS, false);
  }

  private static Expression read(
      String text, Catalogue catalogue, double windowSeconds, boolean isCondition)
      throws ExpressionFault {
    if (text.length() > LONGEST_TEXT) {
      throw new ExpressionFault(
          text,
          LONGEST_TEXT,
          "a text of " + text.length() + " characters",
          "at most " + LONGEST_TEXT);
    }
    Parser parser = new Parser(text, catalogue, windowSeconds);
    Term root = parser.parse();
    if (isCondition && !root.isCondition()) {
      throw new ExpressionFault(
          text,
          parser.end().offset,
          root.unit.text + " that is compared with nothing",
          "a comparison, such as > and " + root.unit.remedy());
    }
    if (!isCondition && root.isCondition()) {
      throw new ExpressionFault(text, 0, "a condition", "a value without a comparison");
    }
    return new Expression(text, catalogue, root);
  }

  /**
   * The same with another window wherever none is written, for the windows of an SLO.
   *
   * @throws IllegalArgumentException if the window is below 1 s or too long for its functions
   */
  public Expression withWindow(double seconds) {
    if (!(seconds >= 1)) {
      throw new IllegalArgumentException("a window of " + seconds + " s instead of 1 s or more");
    }
    try {
      return read(text, catalogue, seconds, root.isCondition());
    } catch (ExpressionFault fault) {
      throw new IllegalArgumentException(fault.getMessage(), fault);
    }
  }

  Term root() {
    return root;
  }

  List<Query> queries() {
    return queries;
  }

  /** The text as it was given. */
  public String text() {
    return text;
  }

  /** Whether it is a condition, and not a value. */
  public boolean isCondition() {
    return root.isCondition();
  }

  /** The labels by which it is grouped, sorted; empty if there is one result for all. */
  public List<String> by() {
    return root.by;
  }

  /** {@code threshold}, {@code anomaly} or {@code absence}, by the first of its conditions. */
  public String type() {
    Term first = first();
    return first instanceof Term.Anomaly
        ? "anomaly"
        : first instanceof Term.Absence ? "absence" : "threshold";
  }

  /** The first condition of those joined by {@code and}, {@code or} and {@code unless}. */
  private Term first() {
    Term term = root;
    while (term instanceof Term.Junction) {
      term = ((Term.Junction) term).left;
    }
    return term;
  }

  /** The metric that is read first, or null. */
  public String metricName() {
    return queries.isEmpty() ? null : queries.get(0).metric.name;
  }

  /** The largest window in seconds; NaN if it reads the present only. */
  public double windowSeconds() {
    long largest = 0;
    for (Query query : queries) {
      largest = Math.max(largest, query.windowNanos);
    }
    return largest == 0 ? Double.NaN : largest / 1e9;
  }

  /**
   * {@code gt}, {@code ge}, {@code lt}, {@code le}, {@code eq} or {@code ne} of the first
   * comparison, with what is measured on its left; or null.
   */
  public String operator() {
    Term first = first();
    return first instanceof Term.Comparison ? ((Term.Comparison) first).comparator.name : null;
  }

  /** The unit in UCUM of what is compared, or of the value; null of {@code absent}. */
  public String unit() {
    Unit unit = comparedUnit();
    return unit == null ? null : unit.ucum;
  }

  /** Whether what is compared is a share, which people read as per cent. */
  public boolean isRatio() {
    return comparedUnit() == Unit.RATIO;
  }

  private Unit comparedUnit() {
    Term first = first();
    if (first instanceof Term.Comparison) {
      Term.Comparison comparison = (Term.Comparison) first;
      Unit unit = Unit.common(comparison.value.unit, comparison.limit.unit);
      return unit == null ? comparison.value.unit : unit;
    }
    if (first instanceof Term.Anomaly) {
      return ((Term.Anomaly) first).of.unit;
    }
    return first.unit;
  }

  /** The names of the metrics it reads that are not durations of calls. */
  public Set<String> metrics() {
    Set<String> names = new TreeSet<>();
    for (Query query : queries) {
      if (query.metric.spans == null) {
        names.add(query.metric.name);
      }
    }
    return names;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof Expression && root.text().equals(((Expression) other).root.text());
  }

  @Override
  public int hashCode() {
    return root.text().hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
