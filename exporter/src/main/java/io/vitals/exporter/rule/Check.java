/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

/** A condition that is checked for one group after another. */
abstract class Check {
  /** What a check says. */
  enum Answer {
    YES,
    NO,
    /** Too little is known. */
    UNKNOWN;

    static Answer of(boolean holds) {
      return holds ? YES : NO;
    }
  }

  abstract Answer of(int group);

  /** What was measured, of the comparison that made the condition hold. */
  abstract double value(int group);

  /** What that was compared with. */
  abstract double threshold(int group);

  /** Looks from a moment. */
  void move(long now) {}

  /** A value against its limit. */
  static final class Compared extends Check {
    private final Comparator comparator;
    private final Node value;
    private final Node limit;

    Compared(Comparator comparator, Node value, Node limit) {
      this.comparator = comparator;
      this.value = value;
      this.limit = limit;
    }

    @Override
    Answer of(int group) {
      double a = value.of(group);
      double b = limit.of(group);
      return Double.isNaN(a) || Double.isNaN(b)
          ? Answer.UNKNOWN
          : Answer.of(comparator.holds(a, b));
    }

    @Override
    double value(int group) {
      return value.of(group);
    }

    @Override
    double threshold(int group) {
      return limit.of(group);
    }
  }

  /** Two conditions; where one side alone decides, the other need not be known. */
  static final class Joined extends Check {
    private final String operator;
    private final Check left;
    private final Check right;

    Joined(String operator, Check left, Check right) {
      this.operator = operator;
      this.left = left;
      this.right = right;
    }

    @Override
    Answer of(int group) {
      Answer a = left.of(group);
      Answer b = right.of(group);
      switch (operator) {
        case "and":
          return a == Answer.NO || b == Answer.NO ? Answer.NO : a == Answer.YES ? b : a;
        case "or":
          return a == Answer.YES || b == Answer.YES ? Answer.YES : a == Answer.NO ? b : a;
        default:
          return b == Answer.YES ? Answer.NO : a;
      }
    }

    private Check deciding(int group) {
      return operator.equals("or") && left.of(group) != Answer.YES ? right : left;
    }

    @Override
    double value(int group) {
      return deciding(group).value(group);
    }

    @Override
    double threshold(int group) {
      return deciding(group).threshold(group);
    }

    @Override
    void move(long now) {
      left.move(now);
      right.move(now);
    }
  }

  /** Nothing came in a window that was measured from its beginning. */
  static final class Absent extends Check {
    private final Reading reading;

    Absent(Reading reading) {
      this.reading = reading;
    }

    @Override
    Answer of(int group) {
      Window window = reading.window();
      if (reading.value(group) > 0) {
        return Answer.NO;
      }
      return window.isMeasured && window.isWhole ? Answer.YES : Answer.UNKNOWN;
    }

    @Override
    double value(int group) {
      return 0;
    }

    @Override
    double threshold(int group) {
      return Double.NaN;
    }
  }

  /** A value is far from its own past. */
  static final class Unusual extends Check {
    private final Node value;
    private final double deviations;
    private final double least;
    private final Pasts pasts;

    /** Compares with {@code least} if the past has always been 0. */
    Unusual(Node value, double deviations, double least, Pasts pasts) {
      this.value = value;
      this.deviations = deviations;
      this.least = least;
      this.pasts = pasts;
    }

    @Override
    Answer of(int group) {
      double now = value.of(group);
      Past past = pasts.of(group);
      pasts.note(past, now);
      return Double.isNaN(now) || !past.isKnown()
          ? Answer.UNKNOWN
          : Answer.of(Math.abs(now - past.median()) > distance(past));
    }

    private double distance(Past past) {
      double usual = past.deviation();
      if (usual == 0) {
        usual = past.median() == 0 ? least : Math.abs(past.median()) / 100;
      }
      return deviations * usual;
    }

    @Override
    double value(int group) {
      return value.of(group);
    }

    @Override
    double threshold(int group) {
      Past past = pasts.of(group);
      double distance = distance(past);
      return value.of(group) < past.median() ? past.median() - distance : past.median() + distance;
    }

    @Override
    void move(long now) {
      pasts.move(now);
    }
  }
}
