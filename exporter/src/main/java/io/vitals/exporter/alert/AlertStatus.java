/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import java.util.SortedMap;

/** An alert as others see it between two evaluations; immutable. */
public final class AlertStatus {
  public final String ruleId;
  public final String ruleName;
  public final String fingerprint;
  public final AlertState state;
  public final Severity severity;
  public final SortedMap<String, String> labels;

  /** The newest event of it, or null before the first. */
  public final AlertEvent event;

  AlertStatus(Alert alert) {
    this.ruleId = alert.rule.id;
    this.ruleName = alert.rule.name;
    this.fingerprint = alert.fingerprint;
    this.state = alert.state();
    this.severity = alert.rule.severity;
    this.labels = alert.labels;
    this.event = alert.last;
  }
}
