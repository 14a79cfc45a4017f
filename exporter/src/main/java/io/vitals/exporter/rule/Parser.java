/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Reads an expression, and knows the unit of each part when it has read it.
 *
 * <p>From the loosest to the tightest: {@code or}; {@code and unless}; comparisons; {@code + -};
 * {@code * /}; the sign; functions. All operators of a level group from the left.
 */
final class Parser {
  /** Brackets inside each other: people need five, and a thread's stack bears thousands. */
  static final int DEEPEST = 64;

  /** Terms below each other, with those of a chain such as {@code a or b or c}. */
  private static final int DEEPEST_TREE = 256;

  private final Tokens tokens;
  private final Types types;
  private final Calls calls;
  private int depth;

  Parser(String text, Catalogue catalogue, double windowSeconds) throws ExpressionFault {
    this.tokens = new Tokens(text);
    this.types = new Types(tokens);
    this.calls = new Calls(tokens, catalogue, windowSeconds);
  }

  /** The whole expression. */
  Term parse() throws ExpressionFault {
    Term term = alternatives();
    Token rest = tokens.peek();
    if (rest.kind != Token.Kind.END) {
      throw tokens.fault(rest, rest.is(")") ? "no ')' without a '('" : "an operator or the end");
    }
    return term;
  }

  Token end() {
    return tokens.peek();
  }

  private Term alternatives() throws ExpressionFault {
    int from = tokens.peek().offset;
    Term left = conditions();
    while (tokens.peek().isName("or")) {
      Token operator = tokens.next();
      int at = tokens.peek().offset;
      left = bounded(operator, types.join(operator, from, left, at, conditions()));
    }
    return left;
  }

  private Term conditions() throws ExpressionFault {
    int from = tokens.peek().offset;
    Term left = comparison();
    while (tokens.peek().isName("and") || tokens.peek().isName("unless")) {
      Token operator = tokens.next();
      int at = tokens.peek().offset;
      left = bounded(operator, types.join(operator, from, left, at, comparison()));
    }
    return left;
  }

  private Term comparison() throws ExpressionFault {
    int from = tokens.peek().offset;
    Term left = sum();
    Comparator comparator = Comparator.of(tokens.peek());
    if (comparator == null) {
      if (tokens.peek().is("=")) {
        throw tokens.fault(tokens.peek(), "'==' to compare");
      }
      return left;
    }
    Token operator = tokens.next();
    int at = tokens.peek().offset;
    Term compared = bounded(operator, types.compare(operator, comparator, from, left, at, sum()));
    if (Comparator.of(tokens.peek()) != null) {
      throw tokens.fault(tokens.peek(), "'and' and another comparison");
    }
    return compared;
  }

  private Term sum() throws ExpressionFault {
    int from = tokens.peek().offset;
    Term left = product();
    while (tokens.peek().is("+") || tokens.peek().is("-")) {
      Token operator = tokens.next();
      int at = tokens.peek().offset;
      left = bounded(operator, types.add(operator, from, left, at, product()));
    }
    return left;
  }

  private Term product() throws ExpressionFault {
    int from = tokens.peek().offset;
    Term left = signed();
    while (tokens.peek().is("*") || tokens.peek().is("/")) {
      Token operator = tokens.next();
      int at = tokens.peek().offset;
      left = bounded(operator, types.multiply(operator, from, left, at, signed()));
    }
    return left;
  }

  private Term signed() throws ExpressionFault {
    Token sign = tokens.peek();
    if (!sign.is("-") && !sign.is("+")) {
      return single();
    }
    tokens.next();
    deeper(sign);
    int at = tokens.peek().offset;
    Term of = signed();
    depth--;
    types.value(at, of, "a value after the sign");
    if (sign.is("+")) {
      return of;
    }
    return of instanceof Term.Literal
        ? new Term.Literal(-((Term.Literal) of).value, of.unit)
        : bounded(sign, new Term.Negation(of));
  }

  private Term single() throws ExpressionFault {
    Token next = tokens.peek();
    if (next.kind == Token.Kind.NUMBER) {
      tokens.next();
      return new Term.Literal(next.value, next.unit);
    }
    if (next.is("(")) {
      return inBrackets();
    }
    if (next.kind != Token.Kind.NAME) {
      throw tokens.fault(next, "a metric, a function, a number or '('");
    }
    Token second = tokens.peekSecond();
    if (next.isName("anomaly") && second.is("(")) {
      return anomaly();
    }
    return second.is("(") || second.isName("by") ? calls.call() : calls.bare();
  }

  private Term inBrackets() throws ExpressionFault {
    Token open = tokens.next();
    deeper(open);
    Term inner = alternatives();
    depth--;
    closing(open);
    return inner;
  }

  private void closing(Token open) throws ExpressionFault {
    tokens.need(")", "')' for the '(' at character " + (open.offset + 1));
  }

  private Term anomaly() throws ExpressionFault {
    Token name = tokens.next();
    Token open = tokens.next();
    deeper(name);
    int at = tokens.peek().offset;
    Term of = sum();
    depth--;
    types.value(at, of, "a value in anomaly");
    if (of.isConstant()) {
      throw tokens.fault(at, "a constant in anomaly", "a value that is measured");
    }
    tokens.need(",", "',' and the number of deviations, as in anomaly(x, 4)");
    Token deviations = tokens.needNumber("a number of deviations, such as 4", Unit.NONE);
    if (deviations.value <= 0) {
      throw tokens.fault(deviations, "a number above 0");
    }
    closing(open);
    return bounded(name, new Term.Anomaly(of, deviations.value));
  }

  private void deeper(Token at) throws ExpressionFault {
    if (++depth > DEEPEST) {
      throw tokens.fault(
          at.offset, "an expression more than " + DEEPEST + " deep", "one with fewer brackets");
    }
  }

  private Term bounded(Token at, Term made) throws ExpressionFault {
    if (made.depth > DEEPEST_TREE) {
      throw tokens.fault(
          at.offset, "more than " + DEEPEST_TREE + " operators in a row", "several rules");
    }
    return made;
  }

  /** The names of all functions but the percentiles. */
  static Collection<String> functions() {
    List<String> names =
        Arrays.asList(
            "quantile",
            "avg",
            "min",
            "max",
            "sum",
            "count",
            "increase",
            "rate",
            "error_rate",
            "slow_rate",
            "absent",
            "anomaly",
            "p50",
            "p90",
            "p95",
            "p99",
            "p999");
    return new LinkedHashSet<>(names);
  }
}
