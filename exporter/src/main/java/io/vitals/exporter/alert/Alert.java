/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import io.vitals.exporter.rule.Exemplar;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One alert of one rule: the state machine of Prometheus for one set of labels.
 *
 * <p>Confined to the thread that evaluates the rules. {@link #hold}, {@link #endHolding} and {@link
 * #unknown} are called once an evaluation, one of them.
 */
final class Alert {
  /** A resolved alert is remembered for those that ask, as Prometheus does. */
  static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(15);

  /** Without data a firing alert stays as it is; what nobody measures for so long has ended. */
  static final long LONGEST_UNKNOWN_NANOS = TimeUnit.HOURS.toNanos(1);

  private static final long NONE = 0;

  /** Changes when the file does. */
  Rule rule;

  final SortedMap<String, String> labels;
  final String fingerprint;
  private AlertState state = AlertState.INACTIVE;
  private long startNanos = NONE;
  private long firedNanos = NONE;
  private long recoveringSinceNanos = NONE;
  private long endNanos = NONE;
  private long unknownSinceNanos = NONE;

  /** Which start was told last, and by how much it was moved. */
  private long toldStartNanos = NONE;

  private long startAheadNanos;
  private double value = Double.NaN;
  private double threshold = Double.NaN;
  private Exemplar exemplar;

  /** What is said instead of the rule's own sentence, or null. */
  String summary;

  /** What listeners were told last, or null. */
  AlertEvent last;

  /** When listeners were told last, and whether they were told again that it is over. */
  long saidNanos;

  boolean saidAgain;

  /** Who said that it is resolved, or null. */
  private String resolvedBy;

  /** Whether its condition has held ever since a person said that it is resolved. */
  private boolean isOverruled;

  /** When it was last evaluated, so that those that were not can be told. */
  long seen;

  Alert(Rule rule, SortedMap<String, String> labels, String fingerprint) {
    this.rule = rule;
    this.labels = labels;
    this.fingerprint = fingerprint;
  }

  AlertState state() {
    return state;
  }

  /** The condition holds. */
  void hold(long now, double newValue, double newThreshold, Exemplar newExemplar) {
    unknownSinceNanos = NONE;
    if (isOverruled) {
      return;
    }
    value = newValue;
    threshold = newThreshold;
    exemplar = newExemplar == null ? exemplar : newExemplar;
    if (state == AlertState.INACTIVE || state == AlertState.RESOLVED) {
      state = AlertState.PENDING;
      startNanos = now;
      firedNanos = NONE;
      endNanos = NONE;
      exemplar = newExemplar;
      saidAgain = false;
      resolvedBy = null;
    }
    recoveringSinceNanos = NONE;
    if (state == AlertState.RECOVERING) {
      state = AlertState.FIRING;
    }
    if (state == AlertState.PENDING && now - startNanos >= rule.forNanos) {
      state = AlertState.FIRING;
      firedNanos = now;
    }
  }

  /** The condition does not hold. */
  void endHolding(long now) {
    unknownSinceNanos = NONE;
    isOverruled = false;
    if (state == AlertState.PENDING) {
      state = AlertState.INACTIVE;
      endNanos = now;
    } else if (state.isFiring()) {
      if (recoveringSinceNanos == NONE) {
        recoveringSinceNanos = now;
      }
      if (now - recoveringSinceNanos >= rule.keepFiringNanos) {
        state = AlertState.RESOLVED;
        endNanos = now;
      } else {
        state = AlertState.RECOVERING;
      }
    }
  }

  /** There is no data: a firing alert stays, one that waits starts anew. */
  void unknown(long now) {
    if (unknownSinceNanos == NONE) {
      unknownSinceNanos = now;
    }
    if (!state.isFiring() && !isOverruled || now - unknownSinceNanos >= LONGEST_UNKNOWN_NANOS) {
      endHolding(now);
    }
  }

  /**
   * Ends it at once, because a person says so: it fires anew only when its condition has ended and
   * holds again.
   */
  void resolve(String by, long when) {
    state = AlertState.RESOLVED;
    endNanos = Math.max(when, firedNanos);
    resolvedBy = by;
    isOverruled = true;
    saidAgain = false;
  }

  /** Ends it at once: its rule is no more. */
  void end(long now) {
    state = state.isFiring() ? AlertState.RESOLVED : AlertState.INACTIVE;
    endNanos = now;
  }

  /** Whether nothing is left to be remembered. */
  boolean isOver(long now) {
    return state == AlertState.INACTIVE
        || state == AlertState.RESOLVED && !isOverruled && now - endNanos >= REMEMBERED_NANOS;
  }

  /** What listeners are told, by a clock that is ahead of that of evaluations. */
  AlertEvent event(AlertState previous, long now, long aheadNanos, AlertEvent.BurnRate burnRate) {
    // An alert began when it was said to; but not after a time that was set back.
    startAheadNanos =
        startNanos == toldStartNanos ? Math.min(startAheadNanos, aheadNanos) : aheadNanos;
    toldStartNanos = startNanos;
    AlertEvent.Builder event = new AlertEvent.Builder();
    event.ruleId = rule.id;
    event.ruleName = rule.name;
    event.ruleType = rule.type();
    event.ruleVersion = rule.version();
    event.fingerprint = fingerprint;
    event.state = state;
    event.previous = previous;
    event.severity = rule.severity;
    event.timeEpochNanos = now + aheadNanos;
    event.startEpochNanos = startNanos == NONE ? 0 : startNanos + startAheadNanos;
    event.firedEpochNanos = firedNanos == NONE ? 0 : firedNanos + startAheadNanos;
    event.endEpochNanos =
        state == AlertState.RESOLVED || state == AlertState.INACTIVE ? endNanos + aheadNanos : 0;
    event.resolvedBy = state == AlertState.RESOLVED ? resolvedBy : null;
    event.value = value;
    event.threshold = threshold;
    event.forSeconds = rule.forNanos / 1e9;
    event.keepFiringSeconds = rule.keepFiringNanos / 1e9;
    event.labels = labels;
    String unit = null;
    if (rule.expression != null) {
      unit = rule.expression.isRatio() ? ValueText.SHARE : rule.expression.unit();
      event.operator = rule.expression.operator();
      event.unit = rule.expression.unit();
      event.metricName = rule.expression.metricName();
      event.windowSeconds = rule.expression.windowSeconds();
    }
    event.annotations = new TreeMap<>();
    for (Map.Entry<String, Template> each : rule.annotations.entrySet()) {
      event.annotations.put(each.getKey(), each.getValue().render(value, threshold, unit, labels));
    }
    String written = event.annotations.get("summary");
    event.summary = summary != null ? summary : written != null ? written : sentence(unit);
    if (exemplar != null) {
      event.traceId = exemplar.traceId();
      event.spanId = exemplar.spanId();
    }
    event.burnRate = burnRate;
    return event.build();
  }

  private String sentence(String unit) {
    StringBuilder text = new StringBuilder(rule.name);
    if (!labels.isEmpty()) {
      text.append(' ').append(labels);
    }
    if (!Double.isNaN(value)) {
      text.append(": ").append(ValueText.of(value, unit));
      if (!Double.isNaN(threshold)) {
        text.append(", limit ").append(ValueText.of(threshold, unit));
      }
    }
    return text.toString();
  }
}
