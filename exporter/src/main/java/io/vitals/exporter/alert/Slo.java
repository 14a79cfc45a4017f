/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import io.vitals.exporter.rule.Expression;
import io.vitals.exporter.rule.ExpressionFault;
import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service level objective and the alerts that follow from it: multi-window, multi-burn-rate, by
 * method 6 of chapter 5 of the SRE workbook.
 *
 * <p>The burn rate b is the share of bad events divided by the budget 1 - objective. An alert fires
 * while b exceeds its limit over the long window and over the short one, a twelfth of it. For a
 * period other than 30 days the limits keep the shares of the budget: 2 % in 1 h, 5 % in 6 h, 10 %
 * in 3 d. A window must have seen 1 / budget events or five bad ones, so that a single error of a
 * quiet night wakes nobody.
 */
final class Slo {
  private static final double THIRTY_DAYS_SECONDS = 30 * 86_400;

  /** The longest window of a share: a quarter of a year. */
  private static final double LONGEST_SECONDS = 92 * 86_400;

  private static final Pattern INDICATOR =
      Pattern.compile("(error_rate|slow_rate)\\((.*?)(,[^,{}]*)?\\)", Pattern.DOTALL);

  /** The workbook's table: long window, short window, limit for 30 days, who is told. */
  private enum Pair {
    FAST("1h", "5m", 3600, 14.4, Severity.CRITICAL),
    SLOW("6h", "30m", 6 * 3600, 6, Severity.HIGH),
    CREEPING("3d", "6h", 3 * 86_400, 1, Severity.MEDIUM);

    final String longWindow;
    final String shortWindow;
    final double longSeconds;
    final double limit;
    final Severity severity;

    Pair(String longWindow, String shortWindow, double longSeconds, double limit, Severity s) {
      this.longWindow = longWindow;
      this.shortWindow = shortWindow;
      this.longSeconds = longSeconds;
      this.limit = limit;
      this.severity = s;
    }
  }

  final String id;
  final double objective;
  final double periodSeconds;
  final long intervalNanos;
  final List<Rule> rules = new ArrayList<>();

  /** The share of bad events in the period, as far as the process has seen it. */
  Expression spent;

  private Slo(String id, double objective, double periodSeconds, long intervalNanos) {
    this.id = id;
    this.objective = objective;
    this.periodSeconds = periodSeconds;
    this.intervalNanos = intervalNanos;
  }

  static List<Slo> read(YamlNode root) throws FileFault {
    List<Slo> slos = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (YamlNode node : root.items("slos")) {
      node.onlyFields(
          "name", "objective", "period", "indicator", "interval", "labels", "annotations");
      Slo slo = slo(node);
      if (!names.add(slo.id)) {
        throw node.needed("name").fault("a second " + slo.id, "a name of its own");
      }
      slos.add(slo);
    }
    return slos;
  }

  private static Slo slo(YamlNode node) throws FileFault {
    YamlNode objective = node.needed("objective");
    double share = node.share("objective", 0);
    if (share <= 0 || share >= 1) {
      throw objective.expected("a share below 100%, such as 99.9%");
    }
    double period = node.durationNanos("period", TimeUnit.DAYS.toNanos(30)) / 1e9;
    if (period < 86_400 || period > LONGEST_SECONDS) {
      throw node.needed("period").expected("a day to 92 days, such as 30d");
    }
    Slo slo = new Slo(RuleReader.name(node, "name"), share, period, RuleReader.interval(node));
    YamlNode indicator = node.needed("indicator");
    Matcher match = INDICATOR.matcher(indicator.text().trim());
    if (!match.matches() || match.group(2).contains("[")) {
      throw indicator.expected(
          "error_rate(<metric>{...}) or slow_rate(<metric>{...}, 300ms), without a window");
    }
    for (Pair pair : Pair.values()) {
      double limit = pair.limit * period / THIRTY_DAYS_SECONDS;
      // More than everything cannot be bad: such a pair could never fire.
      if (limit < 1 / (1 - share)) {
        slo.rules.add(slo.rule(node, match, pair, limit));
      }
    }
    if (slo.rules.isEmpty()) {
      throw objective.fault(
          '"' + objective.text() + '"', "an objective high enough for an alert, such as 99%");
    }
    slo.spent = value(indicator, share(match, Math.round(period) + "s"));
    return slo;
  }

  private Rule rule(YamlNode node, Matcher indicator, Pair pair, double limit) throws FileFault {
    String name = id + " burn rate " + pair.longWindow;
    Rule.Builder rule = new Rule.Builder("slo", name);
    double budget = 1 - objective;
    String bad = number(limit * budget * 100) + "%";
    String longShare = share(indicator, pair.longWindow);
    String shortShare = share(indicator, pair.shortWindow);
    String events = "increase(" + indicator.group(2) + "[" + pair.longWindow + "])";
    rule.text =
        longShare
            + " > "
            + bad
            + " and "
            + shortShare
            + " > "
            + bad
            + " and ("
            + events
            + " >= "
            + number(1 / budget)
            + " or "
            + longShare
            + " * "
            + events
            + " >= 5)";
    YamlNode text = node.needed("indicator");
    try {
      rule.expression = Expression.parse(rule.text);
    } catch (ExpressionFault fault) {
      throw text.fault(fault.found(), fault.expected() + "\n" + fault.caret());
    }
    rule.severity = pair.severity;
    RuleReader.labels(rule, node);
    rule.labels.put("slo", id);
    RuleReader.annotations(rule, node);
    rule.objective =
        new Rule.Objective(
            id,
            objective,
            periodSeconds,
            limit,
            pair.longWindow,
            pair.shortWindow,
            value(text, longShare),
            value(text, shortShare));
    return rule.build();
  }

  private static String share(Matcher indicator, String window) {
    String limit = indicator.group(3) == null ? "" : indicator.group(3);
    return indicator.group(1) + "(" + indicator.group(2) + "[" + window + "]" + limit + ")";
  }

  private static Expression value(YamlNode node, String text) throws FileFault {
    try {
      return Expression.parseValue(text);
    } catch (ExpressionFault fault) {
      throw node.fault(fault.found(), fault.expected() + "\n" + fault.caret());
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6f", value).replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
