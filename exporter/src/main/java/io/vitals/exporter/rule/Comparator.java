/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

/** How a value is compared with its limit. */
enum Comparator {
  GT(">", "gt"),
  GE(">=", "ge"),
  LT("<", "lt"),
  LE("<=", "le"),
  EQ("==", "eq"),
  NE("!=", "ne");

  final String sign;

  /** What an alert's signal calls it. */
  final String name;

  Comparator(String sign, String name) {
    this.sign = sign;
    this.name = name;
  }

  static Comparator of(Token token) {
    for (Comparator comparator : values()) {
      if (token.is(comparator.sign)) {
        return comparator;
      }
    }
    return null;
  }

  /** The same with both sides changed. */
  Comparator flipped() {
    switch (this) {
      case GT:
        return LT;
      case GE:
        return LE;
      case LT:
        return GT;
      case LE:
        return GE;
      default:
        return this;
    }
  }

  boolean holds(double value, double limit) {
    switch (this) {
      case GT:
        return value > limit;
      case GE:
        return value >= limit;
      case LT:
        return value < limit;
      case LE:
        return value <= limit;
      case EQ:
        return value == limit;
      default:
        return value != limit;
    }
  }
}
