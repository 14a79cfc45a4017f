/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import java.util.regex.Pattern;

/** A condition on one label; a label that is not there counts as empty. */
final class Matcher {
  /** A catastrophic pattern gives up after so many steps; an honest one needs hundreds. */
  private static final int MOST_STEPS = 50_000;

  final String label;
  final String operator;
  final String value;
  private final Pattern pattern;

  /** Makes a condition; {@code pattern} is null unless the operator is {@code =~} or {@code !~}. */
  Matcher(String label, String operator, String value, Pattern pattern) {
    this.label = label;
    this.operator = operator;
    this.value = value;
    this.pattern = pattern;
  }

  boolean matches(String actual) {
    String given = actual == null ? "" : actual;
    switch (operator) {
      case "=":
        return given.equals(value);
      case "!=":
        return !given.equals(value);
      case "=~":
        return find(given);
      default:
        return !find(given);
    }
  }

  private boolean find(String given) {
    try {
      return pattern
          .matcher(new Counted(given, 0, given.length(), new int[] {MOST_STEPS}))
          .matches();
    } catch (TooManySteps | StackOverflowError hopeless) {
      return false;
    }
  }

  String text() {
    return label + operator + Term.quoted(value);
  }

  /** Ends a match that takes too long. */
  private static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManySteps() {
      super(null, null, false, false);
    }
  }

  /** A text that counts how often it is looked at. */
  private static final class Counted implements CharSequence {
    private final String text;
    private final int from;
    private final int to;
    private final int[] left;

    Counted(String text, int from, int to, int[] left) {
      this.text = text;
      this.from = from;
      this.to = to;
      this.left = left;
    }

    @Override
    public int length() {
      return to - from;
    }

    @Override
    public char charAt(int index) {
      if (--left[0] < 0) {
        throw new TooManySteps();
      }
      return text.charAt(from + index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text, from + start, from + end, left);
    }

    @Override
    public String toString() {
      return text.substring(from, to);
    }
  }
}
