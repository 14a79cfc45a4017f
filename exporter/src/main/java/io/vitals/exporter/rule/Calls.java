/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import java.util.List;

/** Reads functions with their metrics, and metrics that stand alone. */
final class Calls {
  private static final double DAY = 86_400;
  private static final double LONGEST_SECONDS = 92 * DAY;

  private final Tokens tokens;
  private final Catalogue catalogue;
  private final double defaultWindow;
  private double parameter;

  /** Reads with a window in seconds where none is written. */
  Calls(Tokens tokens, Catalogue catalogue, double defaultWindow) {
    this.tokens = tokens;
    this.catalogue = catalogue;
    this.defaultWindow = defaultWindow;
  }

  /** A metric's value now. */
  Term bare() throws ExpressionFault {
    Selector selector = new Selector(tokens, catalogue);
    selector.read();
    if (selector.windowAt != null) {
      throw tokens.fault(
          selector.windowAt.offset,
          "a window without a function",
          "a function before it, such as " + example(selector.metric));
    }
    if (selector.minCountAt != null) {
      throw tokens.fault(selector.minCountAt, "a function before it");
    }
    return read(selector.name, Function.VALUE, selector);
  }

  private static String example(KnownMetric metric) {
    switch (metric.kind) {
      case SPANS:
        return "p99(" + metric.name + "[5m])";
      case COUNTER:
        return "rate(" + metric.name + "[5m])";
      case HISTOGRAM:
        return "sum(" + metric.name + "[5m])";
      default:
        return "avg(" + metric.name + "[5m])";
    }
  }

  /** A function of a metric. */
  Term call() throws ExpressionFault {
    Token name = tokens.next();
    parameter = 0;
    Function function = function(name);
    Token byAt = tokens.peek();
    List<Token> by = byAt.isName("by") ? Selector.by(tokens) : null;
    Token open = tokens.peek();
    tokens.need("(", "'(' after the function");
    if (name.text.equals("quantile")) {
      parameter = quantile();
    }
    Selector selector = new Selector(tokens, catalogue);
    argument(name, selector);
    if (function == Function.SLOW_RATE) {
      parameter = limit();
    }
    tokens.need(")", "')' for the '(' at character " + (open.offset + 1));
    if (by != null) {
      selector.group(byAt, by);
    }
    selector.modifiers();
    if (tokens.peek().isName("by")) {
      Token at = tokens.peek();
      selector.group(at, Selector.by(tokens));
      selector.modifiers();
    }
    return name.text.equals("absent") ? absence(selector) : read(name, function, selector);
  }

  private void argument(Token name, Selector selector) throws ExpressionFault {
    Token first = tokens.peek();
    if (first.kind != Token.Kind.NAME || tokens.peekSecond().is("(")) {
      throw tokens.fault(first, "a metric: " + name.text + " reads one metric and no calculation");
    }
    selector.read();
  }

  private Function function(Token name) throws ExpressionFault {
    switch (name.text) {
      case "quantile":
        return Function.QUANTILE;
      case "avg":
        return Function.AVG;
      case "min":
        return Function.MIN;
      case "max":
        return Function.MAX;
      case "sum":
        return Function.SUM;
      case "count":
        return Function.COUNT;
      case "increase":
        return Function.INCREASE;
      case "rate":
        return Function.RATE;
      case "error_rate":
        return Function.ERROR_RATE;
      case "slow_rate":
        return Function.SLOW_RATE;
      case "absent":
        return Function.SEEN;
      default:
        parameter = percentile(name);
        return Function.QUANTILE;
    }
  }

  /** 0.999 of {@code p999}. */
  private double percentile(Token name) throws ExpressionFault {
    String digits = name.text.substring(1);
    boolean isNumber = name.text.charAt(0) == 'p' && digits.matches("[0-9]{1,6}");
    if (!isNumber) {
      throw tokens.fault(
          name.offset,
          "the unknown function " + name.shown(),
          Suggestion.of(
              name.text, Parser.functions(), "one of " + String.join(", ", Parser.functions())));
    }
    double share = Double.parseDouble("0." + (digits.length() == 1 ? "0" + digits : digits));
    if (share == 0 || digits.length() > 2 && digits.charAt(0) < '5') {
      throw tokens.fault(
          name, "p1 to p99, or more digits as in p999 (99.9 %); for the extremes min or max");
    }
    return share;
  }

  private double quantile() throws ExpressionFault {
    Token share = tokens.needNumber("a share between 0 and 1, such as 0.99", Unit.NONE, Unit.RATIO);
    if (share.value <= 0 || share.value >= 1) {
      throw tokens.fault(share, "a share between 0 and 1, such as 0.99");
    }
    tokens.need(",", "',' and a metric");
    return share.value;
  }

  private double limit() throws ExpressionFault {
    tokens.need(",", "',' and from when a call is slow, as in slow_rate(http.server, 500ms)");
    Token limit = tokens.needNumber("a time, such as 500ms", Unit.DURATION);
    if (limit.value <= 0) {
      throw tokens.fault(limit, "a time above 0, such as 500ms");
    }
    return limit.value;
  }

  private Term absence(Selector selector) throws ExpressionFault {
    if (selector.byAt != null) {
      throw tokens.fault(selector.byAt, "no groups: of what is absent none are known");
    }
    if (selector.minCountAt != null) {
      throw tokens.fault(selector.minCountAt, "no smallest number in absent");
    }
    return new Term.Absence(query(Function.SEEN, selector));
  }

  private Term read(Token at, Function function, Selector selector) throws ExpressionFault {
    Unit unit = function.unit(selector.metric);
    if (unit == null) {
      String found =
          function == Function.VALUE
              ? selector.metric.kind.text + " without a function"
              : at.text + " of " + selector.metric.name + ", which is " + selector.metric.kind.text;
      throw tokens.fault(at.offset, found, Function.allFor(selector.metric.kind));
    }
    return new Term.Read(query(function, selector), unit);
  }

  private Query query(Function function, Selector selector) throws ExpressionFault {
    double window = 0;
    if (function.isWindowed(selector.metric.kind)) {
      window = selector.windowAt == null ? defaultWindow : selector.windowSeconds;
    } else if (selector.windowAt != null) {
      throw tokens.fault(
          selector.windowAt.offset,
          "a window for sum, which adds up the values of now",
          "no window, or avg, min or max");
    } else if (selector.minCountAt != null) {
      throw tokens.fault(selector.minCountAt, "no smallest number for a value of now");
    }
    limits(function, selector, window);
    return new Query(
        selector.metric,
        selector.matchers,
        function,
        parameter,
        Math.round(window * 1e9),
        Math.round(selector.offsetSeconds * 1e9),
        selector.minCount,
        selector.by);
  }

  private void limits(Function function, Selector selector, double window) throws ExpressionFault {
    if (selector.windowAt != null && window < 1) {
      throw tokens.fault(selector.windowAt.offset, "a window below 1s", "1s or more");
    }
    double most = function.isCostly() ? DAY : LONGEST_SECONDS;
    if (window + selector.offsetSeconds > most) {
      Token at = selector.offsetAt == null ? selector.windowAt : selector.offsetAt;
      throw tokens.fault(
          at == null ? selector.name.offset : at.offset,
          "more than " + (long) (most / 3600) + " h back",
          function.isCostly()
              ? "window and offset of at most 24h for percentiles, min and max"
              : "window and offset of at most 92d");
    }
  }
}
