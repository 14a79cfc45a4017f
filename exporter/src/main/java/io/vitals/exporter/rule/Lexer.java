/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import java.util.ArrayList;
import java.util.List;

/** Cuts the text of an expression into tokens. */
final class Lexer {
  private static final String[] SIGNS = {
    "==", "!=", "=~", "!~", ">=", "<=", ">", "<", "=", "(", ")", "{", "}", "[", "]", ",", "+", "-",
    "*", "/"
  };

  /** A number of 1,100 digits would still be one; nobody writes more than these. */
  private static final int LONGEST_NUMBER = 40;

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  Lexer(String text) {
    this.text = text;
  }

  /** All tokens; the last is the end. */
  List<Token> tokens() throws ExpressionFault {
    while (true) {
      skip();
      if (at >= text.length()) {
        tokens.add(Token.of(Token.Kind.END, "", text.length()));
        return tokens;
      }
      char next = text.charAt(at);
      if (isNameStart(next)) {
        name();
      } else if (isDigit(next)) {
        number();
      } else if (next == '"' || next == '\'') {
        quoted(next);
      } else {
        sign();
      }
    }
  }

  private void skip() {
    while (at < text.length()) {
      char next = text.charAt(at);
      if (next == '#') {
        int newline = text.indexOf('\n', at);
        at = newline < 0 ? text.length() : newline;
      } else if (next == ' ' || next == '\t' || next == '\r' || next == '\n') {
        at++;
      } else {
        return;
      }
    }
  }

  private void name() {
    int from = at;
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    tokens.add(Token.of(Token.Kind.NAME, text.substring(from, at), from));
  }

  private void quoted(char quote) throws ExpressionFault {
    int from = at++;
    StringBuilder content = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      char next = text.charAt(at++);
      if (next == '\\' && at < text.length()) {
        char escaped = text.charAt(at);
        if (escaped == '\\' || escaped == '"' || escaped == '\'') {
          next = escaped;
          at++;
        }
      }
      content.append(next);
    }
    if (at >= text.length()) {
      throw new ExpressionFault(text, from, "a text without an end", "a closing " + quote);
    }
    at++;
    tokens.add(Token.of(Token.Kind.TEXT, content.toString(), from));
  }

  private void sign() throws ExpressionFault {
    for (String sign : SIGNS) {
      if (text.startsWith(sign, at)) {
        tokens.add(Token.of(Token.Kind.SIGN, sign, at));
        at += sign.length();
        return;
      }
    }
    char next = text.charAt(at);
    throw new ExpressionFault(
        text,
        at,
        next < ' ' ? "a control character" : "'" + text.substring(at, charEnd()) + "'",
        "a metric, a function, a number or an operator");
  }

  private int charEnd() {
    return Math.min(text.length(), at + Character.charCount(text.codePointAt(at)));
  }

  private void number() throws ExpressionFault {
    int from = at;
    double value = digits();
    int unitAt = at;
    String unit = unit();
    double seconds = seconds(unit);
    Token made;
    if (seconds > 0) {
      made = Token.number(shown(from), from, duration(value * seconds), Unit.DURATION);
    } else {
      double bytes = unit.isEmpty() ? 0 : bytes(unit);
      if (unit.equals("%")) {
        made = Token.number(shown(from), from, value / 100, Unit.RATIO);
      } else if (unit.isEmpty() || bytes > 0) {
        made = rate(from, bytes > 0 ? value * bytes : value, bytes > 0);
      } else {
        throw new ExpressionFault(
            text,
            unitAt,
            "the unit '" + unit + "'",
            "ms, s, m, h or d; B, kB, MB, GB, KiB, MiB or GiB; %; or /s");
      }
    }
    if (at < text.length() && (isNamePart(text.charAt(at)) || text.charAt(at) == '%')) {
      throw new ExpressionFault(
          text, at, "'" + text.charAt(at) + "' in a number", "a space or an operator");
    }
    tokens.add(made);
  }

  /** The number at hand, by the second if that follows. */
  private Token rate(int from, double amount, boolean isBytes) {
    double per = 0;
    for (String unit : new String[] {"min", "h", "s"}) {
      int end = at + 1 + unit.length();
      if (text.startsWith("/" + unit, at)
          && (end >= text.length() || !isNamePart(text.charAt(end)))) {
        per = seconds(unit);
        at = end;
        break;
      }
    }
    if (per > 0) {
      Unit unit = isBytes ? Unit.BYTES_PER_SECOND : Unit.PER_SECOND;
      return Token.number(shown(from), from, amount / per, unit);
    }
    return Token.number(shown(from), from, amount, isBytes ? Unit.BYTES : Unit.NONE);
  }

  /** Adds what follows, as in {@code 1h30m}. */
  private double duration(double first) throws ExpressionFault {
    double sum = first;
    while (at < text.length() && isDigit(text.charAt(at))) {
      double more = digits();
      int unitAt = at;
      String unit = unit();
      double seconds = seconds(unit);
      if (seconds == 0) {
        throw new ExpressionFault(
            text, unitAt, unit.isEmpty() ? "no unit" : "'" + unit + "'", "ms, s, m, h or d");
      }
      sum += more * seconds;
    }
    return sum;
  }

  private String shown(int from) {
    return text.substring(from, at);
  }

  private double digits() throws ExpressionFault {
    int from = at;
    skipDigits();
    if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
      at++;
      skipDigits();
    }
    int exponent = at + 1;
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      if (exponent < text.length() && "+-".indexOf(text.charAt(exponent)) >= 0) {
        exponent++;
      }
      if (exponent < text.length() && isDigit(text.charAt(exponent))) {
        at = exponent;
        skipDigits();
      }
    }
    if (at - from > LONGEST_NUMBER) {
      throw new ExpressionFault(
          text, from, "a number of " + (at - from) + " characters", "at most " + LONGEST_NUMBER);
    }
    double value = Double.parseDouble(text.substring(from, at));
    if (value > 1e18) {
      throw new ExpressionFault(text, from, text.substring(from, at), "a number up to 1e18");
    }
    return value;
  }

  private void skipDigits() {
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
  }

  private String unit() {
    int from = at;
    if (at < text.length() && text.charAt(at) == '%') {
      at++;
    } else {
      while (at < text.length() && isLetter(text.charAt(at))) {
        at++;
      }
    }
    return text.substring(from, at);
  }

  private static double seconds(String unit) {
    switch (unit) {
      case "ns":
        return 1e-9;
      case "us":
        return 1e-6;
      case "ms":
        return 1e-3;
      case "s":
        return 1;
      case "m":
      case "min":
        return 60;
      case "h":
        return 3600;
      case "d":
        return 86400;
      default:
        return 0;
    }
  }

  private static double bytes(String unit) {
    switch (unit) {
      case "B":
        return 1;
      case "kB":
      case "KB":
        return 1e3;
      case "MB":
        return 1e6;
      case "GB":
        return 1e9;
      case "TB":
        return 1e12;
      case "KiB":
        return 1024;
      case "MiB":
        return 1 << 20;
      case "GiB":
        return 1 << 30;
      case "TiB":
        return 1L << 40;
      default:
        return 0;
    }
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static boolean isNameStart(char c) {
    return isLetter(c) || c == '_';
  }

  private static boolean isNamePart(char c) {
    return isLetter(c) || isDigit(c) || c == '_' || c == '.';
  }
}
