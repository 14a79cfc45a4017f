/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

/** What a value is measured in; seconds and bytes have dimensions, the rest are numbers. */
enum Unit {
  DURATION("s", "a duration", 1, 0),
  BYTES("By", "bytes", 0, 1),
  PER_SECOND("1/s", "a rate per second", -1, 0),
  BYTES_PER_SECOND("By/s", "bytes per second", -1, 1),
  RATIO("1", "a ratio", 0, 0),
  COUNT("1", "a count", 0, 0),
  NONE("1", "a plain number", 0, 0);

  private static final Unit[] DIMENSIONED = {DURATION, BYTES, PER_SECOND, BYTES_PER_SECOND};

  /** The unit in UCUM. */
  final String ucum;

  /** What it is called in messages. */
  final String text;

  private final int seconds;
  private final int bytes;

  Unit(String ucum, String text, int seconds, int bytes) {
    this.ucum = ucum;
    this.text = text;
    this.seconds = seconds;
    this.bytes = bytes;
  }

  boolean isNumber() {
    return seconds == 0 && bytes == 0;
  }

  /** The unit of the sum, the difference and the comparison of two values, or null if none. */
  static Unit common(Unit a, Unit b) {
    if (a == b || b == NONE && (a.isNumber() || a == PER_SECOND)) {
      return a;
    }
    return a == NONE && (b.isNumber() || b == PER_SECOND) ? b : null;
  }

  /** The unit of a product, or null if nobody needs it. */
  static Unit product(Unit a, Unit b) {
    if (a.isNumber() && b.isNumber()) {
      return a == b || b == NONE ? a : a == NONE ? b : COUNT;
    }
    return ofDimensions(a.seconds + b.seconds, a.bytes + b.bytes, COUNT);
  }

  /** The unit of a quotient, or null if nobody needs it. */
  static Unit quotient(Unit a, Unit b) {
    if (a.isNumber() && b.isNumber()) {
      return a == COUNT && b == COUNT ? RATIO : a;
    }
    return ofDimensions(a.seconds - b.seconds, a.bytes - b.bytes, RATIO);
  }

  private static Unit ofDimensions(int seconds, int bytes, Unit number) {
    for (Unit unit : DIMENSIONED) {
      if (unit.seconds == seconds && unit.bytes == bytes) {
        return unit;
      }
    }
    return seconds == 0 && bytes == 0 ? number : null;
  }

  /** What to write instead of a plain number. */
  String remedy() {
    switch (this) {
      case DURATION:
        return "a number with a unit of time, such as 500ms or 2s";
      case BYTES:
        return "a number with a unit of bytes, such as 512MiB or 1GB";
      case PER_SECOND:
        return "a rate, such as 10/s";
      case BYTES_PER_SECOND:
        return "a rate of bytes, such as 10MB/s";
      case RATIO:
        return "a ratio, such as 5%";
      default:
        return "a plain number";
    }
  }
}
