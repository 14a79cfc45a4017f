/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import java.util.List;

/** The tokens of an expression from the first to the last, and the faults that name them. */
final class Tokens {
  final String text;
  private final List<Token> tokens;
  private int at;

  Tokens(String text) throws ExpressionFault {
    this.text = text;
    this.tokens = new Lexer(text).tokens();
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peekSecond() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(at);
    if (token.kind != Token.Kind.END) {
      at++;
    }
    return token;
  }

  /** Passes a sign if it is the next. */
  boolean pass(String sign) {
    if (peek().is(sign)) {
      at++;
      return true;
    }
    return false;
  }

  /** Passes a word if it is the next. */
  boolean passName(String name) {
    if (peek().isName(name)) {
      at++;
      return true;
    }
    return false;
  }

  /** Passes a sign; {@code instead} says what may stand there. */
  void need(String sign, String instead) throws ExpressionFault {
    if (!pass(sign)) {
      throw fault(peek(), instead);
    }
  }

  Token needName(String expected) throws ExpressionFault {
    if (peek().kind != Token.Kind.NAME) {
      throw fault(peek(), expected);
    }
    return next();
  }

  /** A number of one of the units. */
  Token needNumber(String expected, Unit... units) throws ExpressionFault {
    Token token = peek();
    if (token.kind == Token.Kind.NUMBER) {
      for (Unit unit : units) {
        if (token.unit == unit) {
          return next();
        }
      }
    }
    throw fault(token, expected);
  }

  ExpressionFault fault(Token token, String expected) {
    return fault(token.offset, token.shown(), expected);
  }

  ExpressionFault fault(int offset, String found, String expected) {
    return new ExpressionFault(text, offset, found, expected);
  }
}
