/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import java.util.Collections;
import java.util.List;

/** Everything about alerts that others may see: written whole after an evaluation; immutable. */
public final class AlertBoard {
  static final AlertBoard EMPTY =
      new AlertBoard(
          Collections.<AlertStatus>emptyList(),
          Collections.<RuleStatus>emptyList(),
          Collections.<SloStatus>emptyList());

  /** What is pending, firing, recovering or resolved not long ago. */
  public final List<AlertStatus> alerts;

  final List<RuleStatus> rules;
  final List<SloStatus> slos;

  AlertBoard(List<AlertStatus> alerts, List<RuleStatus> rules, List<SloStatus> slos) {
    this.alerts = Collections.unmodifiableList(alerts);
    this.rules = Collections.unmodifiableList(rules);
    this.slos = Collections.unmodifiableList(slos);
  }

  /** Whether an alert waits or fires. */
  boolean isTrouble() {
    for (AlertStatus alert : alerts) {
      if (alert.state == AlertState.PENDING || alert.state.isFiring()) {
        return true;
      }
    }
    return false;
  }

  /** How often a rule was evaluated, and how long that took. */
  static final class RuleStatus {
    final String id;
    final long evaluations;
    final long failures;
    final double seconds;
    final double longestSeconds;

    RuleStatus(AlertRule rule) {
      this.id = rule.rule.id;
      this.evaluations = rule.evaluations;
      this.failures = rule.failures;
      this.seconds = rule.nanos / 1e9;
      this.longestSeconds = rule.longestNanos / 1e9;
    }
  }

  /** How fast an objective's budget burns. */
  static final class SloStatus {
    final String id;

    /** Windows, and the burn rate in each; not a number where there were no events. */
    final List<String> windows;

    final List<Double> rates;
    final double budgetRemaining;

    SloStatus(String id, List<String> windows, List<Double> rates, double budgetRemaining) {
      this.id = id;
      this.windows = windows;
      this.rates = rates;
      this.budgetRemaining = budgetRemaining;
    }
  }
}
