/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import java.util.HashMap;
import java.util.Map;

/** Counts how often the alerts of each rule came into each state. */
final class TransitionCounts implements AlertListener {
  /** Reloads may bring new rules for ever; those that come after so many are not counted. */
  private static final int MOST_RULES = 4 * RuleReader.MOST_RULES;

  private final Map<String, long[]> counts = new HashMap<>();

  /** Takes a count. */
  interface Reader {
    void count(String ruleId, AlertState state, long transitions);
  }

  @Override
  public synchronized void changed(AlertEvent event) {
    if (event.isRepeat()) {
      return;
    }
    long[] states = counts.get(event.ruleId);
    if (states == null) {
      if (counts.size() >= MOST_RULES) {
        return;
      }
      states = new long[AlertState.values().length];
      counts.put(event.ruleId, states);
    }
    states[event.state.ordinal()]++;
  }

  synchronized void read(Reader reader) {
    counts.forEach(
        (rule, states) -> {
          for (AlertState state : AlertState.values()) {
            if (states[state.ordinal()] > 0) {
              reader.count(rule, state, states[state.ordinal()]);
            }
          }
        });
  }
}
