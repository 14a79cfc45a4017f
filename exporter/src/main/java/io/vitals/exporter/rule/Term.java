/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** A part of an expression, with its unit and its groups; immutable. */
abstract class Term {
  /** The unit, or null of a condition. */
  final Unit unit;

  /** The labels by which it is grouped, sorted. */
  final List<String> by;

  /** How many terms stand below each other here. */
  final int depth;

  private final String text;

  private Term(Unit unit, List<String> by, int depth, String text) {
    this.unit = unit;
    this.by = by;
    this.depth = depth;
    this.text = text;
  }

  boolean isCondition() {
    return unit == null;
  }

  /** Says the same with nothing left out; equal for terms that mean the same. */
  String text() {
    return text;
  }

  /** Adds what it reads. */
  abstract void addQueries(Collection<Query> to);

  boolean isConstant() {
    return false;
  }

  static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static List<String> by(Term left, Term right) {
    return left.by.isEmpty() ? right.by : left.by;
  }

  private static int depth(Term left, Term right) {
    return 1 + Math.max(left.depth, right.depth);
  }

  private static String text(Term left, String operator, Term right) {
    return "(" + left.text + " " + operator + " " + right.text + ")";
  }

  /** A number. */
  static final class Literal extends Term {
    final double value;

    Literal(double value, Unit unit) {
      super(unit, Collections.<String>emptyList(), 1, value + " " + unit);
      this.value = value;
    }

    @Override
    void addQueries(Collection<Query> to) {}

    @Override
    boolean isConstant() {
      return true;
    }
  }

  /** A reading of a metric. */
  static final class Read extends Term {
    final Query query;

    Read(Query query, Unit unit) {
      super(unit, query.by, 1, query.text());
      this.query = query;
    }

    @Override
    void addQueries(Collection<Query> to) {
      to.add(query);
    }
  }

  /** A value with the opposite sign. */
  static final class Negation extends Term {
    final Term of;

    Negation(Term of) {
      super(of.unit, of.by, of.depth + 1, "-" + of.text);
      this.of = of;
    }

    @Override
    void addQueries(Collection<Query> to) {
      of.addQueries(to);
    }

    @Override
    boolean isConstant() {
      return of.isConstant();
    }
  }

  /** Two values that are added, subtracted, multiplied or divided. */
  static final class Arithmetic extends Term {
    final char operator;
    final Term left;
    final Term right;

    Arithmetic(char operator, Term left, Term right, Unit unit) {
      super(
          unit,
          Term.by(left, right),
          Term.depth(left, right),
          Term.text(left, String.valueOf(operator), right));
      this.operator = operator;
      this.left = left;
      this.right = right;
    }

    @Override
    void addQueries(Collection<Query> to) {
      left.addQueries(to);
      right.addQueries(to);
    }

    @Override
    boolean isConstant() {
      return left.isConstant() && right.isConstant();
    }
  }

  /** A value against its limit. */
  static final class Comparison extends Term {
    final Comparator comparator;
    final Term value;
    final Term limit;

    Comparison(Comparator comparator, Term value, Term limit) {
      super(
          null,
          Term.by(value, limit),
          Term.depth(value, limit),
          Term.text(value, comparator.sign, limit));
      this.comparator = comparator;
      this.value = value;
      this.limit = limit;
    }

    @Override
    void addQueries(Collection<Query> to) {
      value.addQueries(to);
      limit.addQueries(to);
    }
  }

  /** Two conditions joined by {@code and}, {@code or} or {@code unless}. */
  static final class Junction extends Term {
    final String operator;
    final Term left;
    final Term right;

    Junction(String operator, Term left, Term right) {
      super(null, Term.by(left, right), Term.depth(left, right), Term.text(left, operator, right));
      this.operator = operator;
      this.left = left;
      this.right = right;
    }

    @Override
    void addQueries(Collection<Query> to) {
      left.addQueries(to);
      right.addQueries(to);
    }
  }

  /** A value that is far from its own past. */
  static final class Anomaly extends Term {
    final Term of;
    final double deviations;

    Anomaly(Term of, double deviations) {
      super(null, of.by, of.depth + 1, "anomaly(" + of.text + ", " + deviations + ")");
      this.of = of;
      this.deviations = deviations;
    }

    @Override
    void addQueries(Collection<Query> to) {
      of.addQueries(to);
    }
  }

  /** A metric of which nothing came. */
  static final class Absence extends Term {
    final Query query;

    Absence(Query query) {
      super(null, query.by, 1, "absent(" + query.text() + ")");
      this.query = query;
    }

    @Override
    void addQueries(Collection<Query> to) {
      to.add(query);
    }
  }
}
