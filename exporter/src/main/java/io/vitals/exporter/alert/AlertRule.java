/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import io.vitals.exporter.rule.Exemplar;
import io.vitals.exporter.rule.Found;
import io.vitals.exporter.rule.Measures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A rule at work: its alerts, one for each set of labels that its condition has found.
 *
 * <p>Confined to the thread that evaluates the rules.
 */
final class AlertRule implements Found {
  /** More alerts of one rule than anybody reads; the others are counted. */
  static final int MOST_ALERTS = 100;

  /** Consumers that lost a record or have just started catch up within it. */
  static final long REPEAT_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Takes what the rule has to say. */
  interface Outlet {
    void say(AlertEvent event);

    /** By how much the clock that events are told by is ahead of that of evaluations. */
    default long aheadNanos() {
      return 0;
    }
  }

  private static final SortedMap<String, String> NO_LABELS = new TreeMap<>();

  Rule rule;
  private final SortedMap<String, String> service;
  private final Map<SortedMap<String, String>, Alert> alerts = new HashMap<>();
  private Outlet outlet;
  private Measures measures;
  private long now;
  private long evaluation;

  /** How often the rule was evaluated, how often that failed, and what it had no room for. */
  long evaluations;

  long failures;
  private long refused;

  /** What the evaluations took. */
  long nanos;

  long longestNanos;

  AlertRule(Rule rule, SortedMap<String, String> service) {
    this.rule = rule;
    this.service = service;
  }

  /**
   * Goes on with a new text of the same rule; what fires stays what it is.
   *
   * @return false if the labels have changed, so that the alerts are others
   */
  boolean adapt(Rule changed) {
    if (!changed.labels.equals(rule.labels)) {
      return false;
    }
    rule = changed;
    for (Alert alert : alerts.values()) {
      alert.rule = changed;
    }
    return true;
  }

  /** Evaluates the condition at a time that never goes back. */
  void evaluate(Measures of, long nowEpochNanos, Outlet to) {
    now = nowEpochNanos;
    outlet = to;
    measures = of;
    evaluation++;
    evaluations++;
    try {
      of.evaluate(rule.expression, nowEpochNanos, this);
    } catch (Throwable failure) {
      // What fires goes on; the counter says that nobody looked.
      failures++;
      return;
    }
    settle();
  }

  /** Ends the alerts that the condition did not find this time, and repeats what still fires. */
  private void settle() {
    if (alerts.isEmpty()) {
      return;
    }
    for (Iterator<Alert> all = alerts.values().iterator(); all.hasNext(); ) {
      Alert alert = all.next();
      if (alert.seen != evaluation) {
        AlertState before = alert.state();
        alert.endHolding(now);
        said(alert, before);
      }
      repeat(alert);
      if (alert.isOver(now)) {
        all.remove();
      }
    }
  }

  private void repeat(Alert alert) {
    AlertState state = alert.state();
    boolean again = state.isFiring() || state == AlertState.RESOLVED && !alert.saidAgain;
    if (again && now - alert.saidNanos >= REPEAT_NANOS) {
      alert.saidAgain = state == AlertState.RESOLVED;
      say(alert, state);
    }
  }

  @Override
  public void found(
      SortedMap<String, String> labels,
      double value,
      double threshold,
      long samples,
      Exemplar exemplar) {
    if (samples < rule.minCount) {
      unknown(labels);
      return;
    }
    Alert alert = alerts.get(labels);
    if (alert == null) {
      alert = add(labels);
      if (alert == null) {
        return;
      }
    }
    alert.seen = evaluation;
    AlertState before = alert.state();
    alert.hold(now, value, threshold, exemplar);
    said(alert, before);
  }

  @Override
  public void unknown(SortedMap<String, String> labels) {
    Alert alert = alerts.get(labels);
    if (alert != null && alert.seen != evaluation) {
      alert.seen = evaluation;
      AlertState before = alert.state();
      alert.unknown(now);
      said(alert, before);
    }
  }

  /** How many groups found no room since the last call. */
  long takeRefused() {
    long taken = refused;
    refused = 0;
    return taken;
  }

  /** Sets the one alert of a rule without a condition, or ends it with null. */
  void set(String summary, long nowEpochNanos, Outlet to) {
    now = nowEpochNanos;
    outlet = to;
    evaluation++;
    evaluations++;
    if (summary != null) {
      Alert alert = alerts.get(NO_LABELS);
      alert = alert == null ? add(NO_LABELS) : alert;
      alert.summary = summary;
      found(NO_LABELS, Double.NaN, Double.NaN, Long.MAX_VALUE, null);
    }
    settle();
  }

  private Alert add(SortedMap<String, String> found) {
    if (alerts.size() >= MOST_ALERTS) {
      refused++;
      return null;
    }
    SortedMap<String, String> labels = new TreeMap<>(found);
    labels.putAll(rule.labels);
    SortedMap<String, String> identity = new TreeMap<>(service);
    identity.putAll(labels);
    identity.put("alert.rule.id", rule.id);
    Alert alert = new Alert(rule, labels, Fingerprint.of(identity));
    alerts.put(found, alert);
    return alert;
  }

  private void said(Alert alert, AlertState before) {
    if (alert.state() != before) {
      say(alert, before);
    }
  }

  private void say(Alert alert, AlertState before) {
    alert.saidNanos = now;
    alert.last = alert.event(before, now, outlet.aheadNanos(), burnRate());
    outlet.say(alert.last);
  }

  private AlertEvent.BurnRate burnRate() {
    Rule.Objective objective = rule.objective;
    if (objective == null || measures == null) {
      return null;
    }
    double budget = 1 - objective.objective;
    return new AlertEvent.BurnRate(
        objective.sloId,
        objective.objective,
        objective.periodSeconds,
        SingleValue.of(measures, objective.longShare, now) / budget,
        SingleValue.of(measures, objective.shortShare, now) / budget,
        objective.limit);
  }

  /** Ends the alert with this fingerprint, if it fires, because a person says so. */
  void resolve(PersonsWord word, long nowEpochNanos, Outlet to) {
    now = nowEpochNanos;
    outlet = to;
    for (Alert alert : alerts.values()) {
      AlertState before = alert.state();
      if (before.isFiring() && alert.fingerprint.equals(word.fingerprint)) {
        alert.resolve(word.by, word.epochNanos - outlet.aheadNanos());
        said(alert, before);
      }
    }
  }

  /** Notes what an evaluation took. */
  void took(long evaluationNanos) {
    nanos += evaluationNanos;
    longestNanos = Math.max(longestNanos, evaluationNanos);
  }

  /** Ends everything, because the rule is no more. */
  void end(long nowEpochNanos, Outlet to) {
    now = nowEpochNanos;
    outlet = to;
    for (Alert alert : alerts.values()) {
      AlertState before = alert.state();
      alert.end(now);
      if (before != AlertState.RESOLVED) {
        said(alert, before);
      }
    }
    alerts.clear();
  }

  /** The alerts that are not over. */
  Collection<Alert> alerts() {
    return new ArrayList<>(alerts.values());
  }
}
