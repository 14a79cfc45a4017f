/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What stands between the brackets of a function: a metric, its matchers, and how far back.
 *
 * <p>Filled by the parser; the modifiers may also follow the function.
 */
final class Selector {
  /** A condition on 32 labels is more than a metric has. */
  private static final int MOST_MATCHERS = 32;

  /** The longest value of a label has 256 characters. */
  private static final int LONGEST_VALUE = 256;

  private static final int LONGEST_REGEX = 200;

  /** How often a pattern may repeat by numbers in braces, all multiplied. */
  private static final long MOST_REPEATS = 10_000;

  private final Tokens tokens;
  private final Catalogue catalogue;

  /** Where the metric's name stands. */
  Token name;

  KnownMetric metric;
  List<Matcher> matchers = Collections.emptyList();

  /** Where the window stands, or null. */
  Token windowAt;

  double windowSeconds;
  Token offsetAt;
  double offsetSeconds;
  Token minCountAt;
  long minCount;
  Token byAt;
  List<String> by = Collections.emptyList();

  Selector(Tokens tokens, Catalogue catalogue) {
    this.tokens = tokens;
    this.catalogue = catalogue;
  }

  /** Reads the metric, its matchers and modifiers. */
  void read() throws ExpressionFault {
    name = tokens.needName("a metric, such as http.server or jvm.memory.used");
    if (name.text.equals("logs")) {
      throw tokens.fault(
          name.offset, "'logs': logs are not collected yet", "a metric, such as http.server");
    }
    metric = catalogue.find(name.text);
    if (metric == null) {
      throw tokens.fault(
          name.offset,
          "the unknown metric " + name.shown(),
          Suggestion.of(name.text, catalogue.names(), "one that the agent measures"));
    }
    if (tokens.peek().is("{")) {
      matchers();
    }
    if (tokens.peek().is("[")) {
      windowAt = tokens.next();
      windowSeconds = tokens.needNumber("a time, such as 5m", Unit.DURATION).value;
      tokens.need("]", "']'");
    }
    modifiers();
  }

  private void matchers() throws ExpressionFault {
    tokens.next();
    TreeMap<String, Matcher> all = new TreeMap<>();
    while (!tokens.peek().is("}")) {
      Token at = tokens.peek();
      Matcher matcher = matcher();
      all.put(matcher.text(), matcher);
      if (all.size() > MOST_MATCHERS) {
        throw tokens.fault(at.offset, "one matcher more", "at most " + MOST_MATCHERS);
      }
      if (!tokens.pass(",") && !tokens.peek().is("}")) {
        throw tokens.fault(tokens.peek(), "',' or '}'");
      }
    }
    tokens.next();
    matchers = Collections.unmodifiableList(new ArrayList<>(all.values()));
  }

  private Matcher matcher() throws ExpressionFault {
    String label = label();
    Token operator = tokens.next();
    if (!operator.is("=") && !operator.is("!=") && !operator.is("=~") && !operator.is("!~")) {
      throw tokens.fault(operator, "=, !=, =~ or !~");
    }
    Token value = tokens.next();
    if (value.kind != Token.Kind.TEXT) {
      throw tokens.fault(
          value,
          value.kind == Token.Kind.NUMBER || value.kind == Token.Kind.NAME
              ? "a text in quotes, such as \"" + value.text + "\""
              : "a text in quotes");
    }
    if (value.text.length() > LONGEST_VALUE) {
      throw tokens.fault(
          value.offset,
          "a text of " + value.text.length() + " characters",
          "at most " + LONGEST_VALUE);
    }
    boolean isRegex = operator.text.endsWith("~");
    return new Matcher(label, operator.text, value.text, isRegex ? pattern(value) : null);
  }

  /** The name of a label that the metric has. */
  private String label() throws ExpressionFault {
    Token label = tokens.needName("a label, such as " + example());
    if (metric.labels != null && !metric.labels.contains(label.text)) {
      String others =
          metric.labels.isEmpty()
              ? "no label: " + metric.name + " has none"
              : "one of " + String.join(", ", metric.labels);
      throw tokens.fault(
          label.offset,
          "the unknown label " + label.shown(),
          Suggestion.of(label.text, metric.labels, others));
    }
    return label.text;
  }

  private String example() {
    return metric.labels == null || metric.labels.isEmpty() ? "error.type" : metric.labels.get(0);
  }

  private Pattern pattern(Token value) throws ExpressionFault {
    String regex = value.text;
    if (regex.length() > LONGEST_REGEX) {
      throw tokens.fault(
          value.offset,
          "a regular expression of " + regex.length() + " characters",
          "at most " + LONGEST_REGEX);
    }
    if (repeats(regex) > MOST_REPEATS) {
      throw tokens.fault(
          value.offset,
          "a regular expression that repeats very often",
          "numbers in braces whose product is at most " + MOST_REPEATS);
    }
    try {
      return Pattern.compile(regex, Pattern.DOTALL);
    } catch (PatternSyntaxException bad) {
      throw tokens.fault(
          value.offset,
          "a regular expression that is none: " + bad.getDescription(),
          "one of Java's (java.util.regex.Pattern)");
    } catch (StackOverflowError tooDeep) {
      throw tokens.fault(value.offset, "a regular expression too deep", "a simpler one");
    }
  }

  private static long repeats(String regex) {
    long product = 1;
    for (int i = regex.indexOf('{'); i >= 0; i = regex.indexOf('{', i + 1)) {
      long most = 1;
      long number = 0;
      for (int j = i + 1; j < regex.length() && regex.charAt(j) != '}'; j++) {
        char next = regex.charAt(j);
        number = Lexer.isDigit(next) ? Math.min(MOST_REPEATS + 1, number * 10 + next - '0') : 0;
        most = Math.max(most, number);
      }
      product = Math.min(MOST_REPEATS + 1, product * most);
    }
    return product;
  }

  /** Reads {@code by}, {@code offset} and {@code min_count}, each once, in any order. */
  void modifiers() throws ExpressionFault {
    while (true) {
      Token next = tokens.peek();
      if (next.isName("offset")) {
        once(offsetAt, next);
        offsetAt = tokens.next();
        offsetSeconds = tokens.needNumber("a time, such as 1h", Unit.DURATION).value;
      } else if (next.isName("min_count")) {
        once(minCountAt, next);
        minCountAt = tokens.next();
        minCount = (long) tokens.needNumber("a plain number, such as 20", Unit.NONE).value;
      } else {
        return;
      }
    }
  }

  private void once(Token before, Token now) throws ExpressionFault {
    if (before != null) {
      throw tokens.fault(now, "it only once");
    }
  }

  /** Reads {@code by (label, ...)}; the labels are checked when the metric is known. */
  static List<Token> by(Tokens tokens) throws ExpressionFault {
    tokens.next();
    tokens.need("(", "'(' and the labels, as in by (http.route)");
    List<Token> labels = new ArrayList<>();
    do {
      labels.add(tokens.needName("a label, such as http.route"));
      if (labels.size() > MOST_MATCHERS) {
        throw tokens.fault(labels.get(MOST_MATCHERS), "at most " + MOST_MATCHERS + " labels");
      }
    } while (tokens.pass(","));
    tokens.need(")", "',' or ')'");
    return labels;
  }

  void group(Token at, List<Token> labels) throws ExpressionFault {
    once(byAt, at);
    byAt = at;
    Set<String> names = new HashSet<>();
    for (Token label : labels) {
      if (metric.labels != null && !metric.labels.contains(label.text)) {
        throw tokens.fault(
            label.offset,
            "the unknown label " + label.shown(),
            Suggestion.of(
                label.text,
                metric.labels,
                metric.labels.isEmpty()
                    ? "no 'by': " + metric.name + " has no labels"
                    : "one of " + String.join(", ", metric.labels)));
      }
      names.add(label.text);
    }
    List<String> sorted = new ArrayList<>(names);
    Collections.sort(sorted);
    by = Collections.unmodifiableList(sorted);
  }
}
