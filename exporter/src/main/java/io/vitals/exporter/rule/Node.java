/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

/** A value that is computed for one group after another. */
abstract class Node {
  /** The value of a group; NaN if too little is known. */
  abstract double of(int group);

  /** A number. */
  static final class Constant extends Node {
    private final double value;

    Constant(double value) {
      this.value = value;
    }

    @Override
    double of(int group) {
      return value;
    }
  }

  /** What a function says. */
  static final class Measured extends Node {
    private final Reading reading;

    Measured(Reading reading) {
      this.reading = reading;
    }

    @Override
    double of(int group) {
      return reading.value(group);
    }
  }

  /** The opposite. */
  static final class Negative extends Node {
    private final Node of;

    Negative(Node of) {
      this.of = of;
    }

    @Override
    double of(int group) {
      return -of.of(group);
    }
  }

  /** Two values calculated; a division by zero has no value. */
  static final class Calculated extends Node {
    private final char operator;
    private final Node left;
    private final Node right;

    Calculated(char operator, Node left, Node right) {
      this.operator = operator;
      this.left = left;
      this.right = right;
    }

    @Override
    double of(int group) {
      double a = left.of(group);
      double b = right.of(group);
      switch (operator) {
        case '+':
          return a + b;
        case '-':
          return a - b;
        case '*':
          return a * b;
        default:
          return b == 0 ? Double.NaN : a / b;
      }
    }
  }
}
