/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

/** A word, number, text or sign of an expression, and where it stands. */
final class Token {
  /** What a token is. */
  enum Kind {
    NAME,
    NUMBER,
    TEXT,
    SIGN,
    END
  }

  final Kind kind;

  /** The name, the text without quotes, the sign, or the number as written. */
  final String text;

  final int offset;

  /** The number in seconds, bytes or as a fraction, whatever unit was written. */
  final double value;

  final Unit unit;

  private Token(Kind kind, String text, int offset, double value, Unit unit) {
    this.kind = kind;
    this.text = text;
    this.offset = offset;
    this.value = value;
    this.unit = unit;
  }

  static Token of(Kind kind, String text, int offset) {
    return new Token(kind, text, offset, 0, null);
  }

  static Token number(String text, int offset, double value, Unit unit) {
    return new Token(Kind.NUMBER, text, offset, value, unit);
  }

  boolean is(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  /** How a message calls it. */
  String shown() {
    switch (kind) {
      case END:
        return "the end of the expression";
      case TEXT:
        return "the text \"" + cut() + '"';
      case NUMBER:
        return cut();
      default:
        return "'" + cut() + "'";
    }
  }

  private String cut() {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
