/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.history;

import io.vitals.exporter.alert.AlertState;
import io.vitals.exporter.alert.Severity;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many alerts fired, of which kind, and how long people and services took; immutable.
 *
 * <p>An alert counts each time it becomes firing. The mean time to acknowledge is reckoned over the
 * alerts that somebody acknowledged, the mean time to resolve over those that have ended, both from
 * the moment of firing.
 */
public final class AlertStatistics {
  /** How many fired, by severity; severities without any are left out. */
  public final Map<Severity, Long> bySeverity;

  /** How many fired by rule, the most common first. */
  public final Map<String, Long> byRule;

  /** Mean seconds from firing to the acknowledgement; not a number if there was none. */
  public final double secondsToAcknowledge;

  /** Mean seconds from firing to the end; not a number if none has ended. */
  public final double secondsToResolve;

  private AlertStatistics(
      Map<Severity, Long> bySeverity,
      Map<String, Long> byRule,
      double secondsToAcknowledge,
      double secondsToResolve) {
    this.bySeverity = Collections.unmodifiableMap(bySeverity);
    this.byRule = Collections.unmodifiableMap(byRule);
    this.secondsToAcknowledge = secondsToAcknowledge;
    this.secondsToResolve = secondsToResolve;
  }

  /** Reckons over transitions, the oldest first. */
  static AlertStatistics of(List<Transition> transitions) {
    Map<Severity, Long> bySeverity = new EnumMap<>(Severity.class);
    Map<String, Long> byRule = new HashMap<>();
    Mean acknowledged = new Mean();
    Mean resolved = new Mean();
    Map<String, Long> firedAt = new HashMap<>();
    Map<String, Long> waiting = new HashMap<>();
    for (Transition each : transitions) {
      Long fired = firedAt.get(each.fingerprint);
      if (each.state == AlertState.FIRING && fired == null) {
        firedAt.put(each.fingerprint, each.epochNanos);
        waiting.put(each.fingerprint, each.epochNanos);
        bySeverity.merge(each.severity, 1L, Long::sum);
        byRule.merge(each.rule, 1L, Long::sum);
      } else if (each.state == AlertState.RESOLVED && fired != null) {
        resolved.add(each.epochNanos - fired);
        firedAt.remove(each.fingerprint);
        waiting.remove(each.fingerprint);
      } else if (each.state == null && waiting.containsKey(each.fingerprint)) {
        acknowledged.add(each.epochNanos - waiting.remove(each.fingerprint));
      }
    }
    return new AlertStatistics(
        bySeverity, sorted(byRule), acknowledged.seconds(), resolved.seconds());
  }

  private static Map<String, Long> sorted(Map<String, Long> byRule) {
    Map<String, Long> sorted = new LinkedHashMap<>();
    byRule.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  /** A running mean of times. */
  private static final class Mean {
    private double nanos;
    private long number;

    void add(long each) {
      // Less than nothing where the clock was set back.
      nanos += Math.max(0, each);
      number++;
    }

    double seconds() {
      return number == 0 ? Double.NaN : nanos / number / 1e9;
    }
  }
}
