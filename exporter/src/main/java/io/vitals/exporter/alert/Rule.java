/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import io.vitals.exporter.rule.Expression;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a rule says; immutable once it is read. */
final class Rule {
  /** {@code group/alert}. */
  final String id;

  final String name;

  /** The condition; null where the agent itself says when the alert holds. */
  final Expression expression;

  final String text;
  final long forNanos;
  final long keepFiringNanos;
  final Severity severity;

  /** Added to the labels of what the condition finds. */
  final Map<String, String> labels;

  final Map<String, Template> annotations;

  /** Fewer requests than this say nothing. */
  final long minCount;

  /** What the rule is about if it watches an objective, or null. */
  final Objective objective;

  private Rule(Builder from) {
    this.id = from.group + "/" + from.name;
    this.name = from.name;
    this.expression = from.expression;
    this.text = from.text;
    this.forNanos = from.forNanos;
    this.keepFiringNanos = from.keepFiringNanos;
    this.severity = from.severity;
    this.labels = Collections.unmodifiableMap(new LinkedHashMap<>(from.labels));
    this.annotations = Collections.unmodifiableMap(new LinkedHashMap<>(from.annotations));
    this.minCount = from.minCount;
    this.objective = from.objective;
  }

  String type() {
    if (objective != null) {
      return "burn_rate";
    }
    return expression == null ? "event" : expression.type();
  }

  /** Changes when what the rule does changes. */
  String version() {
    return Fingerprint.of(
        text + '\n' + forNanos + '\n' + keepFiringNanos + '\n' + severity + '\n' + labels);
  }

  /** One pair of windows of one objective. */
  static final class Objective {
    final String sloId;
    final double objective;
    final double periodSeconds;
    final double limit;
    final String longWindow;
    final String shortWindow;

    /** The share of bad events in the long window and in the short one. */
    final Expression longShare;

    final Expression shortShare;

    Objective(
        String sloId,
        double objective,
        double periodSeconds,
        double limit,
        String longWindow,
        String shortWindow,
        Expression longShare,
        Expression shortShare) {
      this.sloId = sloId;
      this.objective = objective;
      this.periodSeconds = periodSeconds;
      this.limit = limit;
      this.longWindow = longWindow;
      this.shortWindow = shortWindow;
      this.longShare = longShare;
      this.shortShare = shortShare;
    }
  }

  /** Collects what a file says of a rule. */
  static final class Builder {
    String group;
    String name;
    Expression expression;
    String text = "";
    long forNanos;
    long keepFiringNanos;
    Severity severity = Severity.MEDIUM;
    Map<String, String> labels = new LinkedHashMap<>();
    Map<String, Template> annotations = new LinkedHashMap<>();
    long minCount;
    Objective objective;

    Builder(String group, String name) {
      this.group = group;
      this.name = name;
    }

    Rule build() {
      return new Rule(this);
    }
  }
}
