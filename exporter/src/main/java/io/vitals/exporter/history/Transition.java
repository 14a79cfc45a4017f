/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.history;

import io.vitals.exporter.alert.AlertEvent;
import io.vitals.exporter.alert.AlertState;
import io.vitals.exporter.alert.Severity;

/** That an alert came into a state, or that a person acknowledged it; immutable. */
public final class Transition {
  /** In nanoseconds since the epoch. */
  public final long epochNanos;

  public final String fingerprint;
  public final String rule;
  public final Severity severity;

  /** Null for an acknowledgement. */
  public final AlertState state;

  /** Who acknowledged it, or said that it is resolved; or null. */
  public final String by;

  /** What was said with it. */
  public final String summary;

  Transition(
      long epochNanos,
      String fingerprint,
      String rule,
      Severity severity,
      AlertState state,
      String by,
      String summary) {
    this.epochNanos = epochNanos;
    this.fingerprint = fingerprint;
    this.rule = rule;
    this.severity = severity;
    this.state = state;
    this.by = by;
    this.summary = summary;
  }

  static Transition of(AlertEvent event) {
    return new Transition(
        event.timeEpochNanos,
        event.fingerprint,
        event.ruleName,
        event.severity,
        event.state,
        event.resolvedBy,
        event.summary);
  }
}
