/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import io.vitals.exporter.rule.Measures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.LongSupplier;

/** The rules of a set at work, group by group; confined to the thread that evaluates them. */
final class RuleBook {
  private final RuleSet rules;
  private final List<Group> groups = new ArrayList<>();

  /** A group and when it is due. */
  private static final class Group {
    final RuleGroup of;
    final List<AlertRule> rules = new ArrayList<>();
    long dueEpochNanos;

    Group(RuleGroup of) {
      this.of = of;
    }
  }

  RuleBook(RuleSet rules) {
    this.rules = rules;
  }

  RuleSet rules() {
    return rules;
  }

  long tickNanos() {
    return rules.tickNanos();
  }

  /** Makes the rules, now that the service has a name. */
  void start(SortedMap<String, String> service) {
    start(service, new HashMap<String, AlertRule>());
  }

  private void start(SortedMap<String, String> service, Map<String, AlertRule> before) {
    for (RuleGroup group : rules.groups) {
      Group made = new Group(group);
      for (Rule rule : group.rules) {
        AlertRule old = before.get(rule.id);
        if (old != null && old.adapt(rule)) {
          before.remove(rule.id);
          made.rules.add(old);
        } else {
          made.rules.add(new AlertRule(rule, service));
        }
      }
      groups.add(made);
    }
  }

  /** The rules of a changed file; alerts of rules that are no more end. */
  RuleBook adapt(
      RuleSet changed, SortedMap<String, String> service, long now, AlertRule.Outlet outlet) {
    Map<String, AlertRule> before = new HashMap<>();
    for (Group group : groups) {
      for (AlertRule rule : group.rules) {
        before.put(rule.rule.id, rule);
      }
    }
    RuleBook adapted = new RuleBook(changed);
    adapted.start(service, before);
    for (AlertRule gone : before.values()) {
      gone.end(now, outlet);
    }
    return adapted;
  }

  /**
   * Evaluates the groups that are due.
   *
   * @return how many alerts were refused, because a rule had too many
   */
  long evaluate(Measures measures, long now, LongSupplier nanoClock, AlertRule.Outlet outlet) {
    long refused = 0;
    // A look may come a little early; half a tick decides which one a group belongs to.
    long slack = tickNanos() / 2;
    for (Group group : groups) {
      if (now < group.dueEpochNanos - slack) {
        continue;
      }
      long interval = group.of.intervalNanos;
      group.dueEpochNanos = Math.max(group.dueEpochNanos + interval, now + interval - slack);
      for (AlertRule rule : group.rules) {
        long start = nanoClock.getAsLong();
        rule.evaluate(measures, now, outlet);
        rule.took(nanoClock.getAsLong() - start);
        refused += rule.takeRefused();
      }
    }
    return refused;
  }

  /** Ends an alert because a person says so. */
  void resolve(PersonsWord word, long now, AlertRule.Outlet outlet) {
    for (Group group : groups) {
      for (AlertRule rule : group.rules) {
        rule.resolve(word, now, outlet);
      }
    }
  }

  /** What others may see. */
  AlertBoard board(AlertRule own, Measures measures, long now) {
    List<AlertStatus> alerts = new ArrayList<>();
    List<AlertBoard.RuleStatus> statuses = new ArrayList<>();
    add(own, alerts, statuses);
    for (Group group : groups) {
      for (AlertRule rule : group.rules) {
        add(rule, alerts, statuses);
      }
    }
    List<AlertBoard.SloStatus> slos = new ArrayList<>();
    for (Slo slo : rules.slos) {
      slos.add(slo(slo, measures, now));
    }
    return new AlertBoard(alerts, statuses, slos);
  }

  private static void add(
      AlertRule rule, List<AlertStatus> alerts, List<AlertBoard.RuleStatus> statuses) {
    statuses.add(new AlertBoard.RuleStatus(rule));
    for (Alert alert : rule.alerts()) {
      alerts.add(new AlertStatus(alert));
    }
  }

  private static AlertBoard.SloStatus slo(Slo slo, Measures measures, long now) {
    double budget = 1 - slo.objective;
    List<String> windows = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    for (Rule rule : slo.rules) {
      Rule.Objective of = rule.objective;
      windows.addAll(Arrays.asList(of.longWindow, of.shortWindow));
      rates.add(SingleValue.of(measures, of.longShare, now) / budget);
      rates.add(SingleValue.of(measures, of.shortShare, now) / budget);
    }
    return new AlertBoard.SloStatus(
        slo.id, windows, rates, 1 - SingleValue.of(measures, slo.spent, now) / budget);
  }
}
