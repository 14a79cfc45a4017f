/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;

/**
 * All names of the alert signals. No convention has them yet: should one come, this table changes
 * and nothing else.
 */
final class AlertNames {
  private static final String ALERT = "alert.";
  private static final String SLO = "slo.";

  static final String EVENT = ALERT + "state_change";
  static final String STATUS = ALERT + "status";
  static final String TRANSITIONS = ALERT + "transitions";
  static final String EVALUATIONS = ALERT + "rule.evaluations";
  static final String EVALUATION_DURATION = ALERT + "rule.evaluation.duration";
  static final String BURN_RATE = SLO + "burn_rate";
  static final String BUDGET = SLO + "error_budget.remaining";

  static final AttributeKey<String> RULE_ID = stringKey(ALERT + "rule.id");
  static final AttributeKey<String> RULE_NAME = stringKey(ALERT + "rule.name");
  static final AttributeKey<String> RULE_TYPE = stringKey(ALERT + "rule.type");
  static final AttributeKey<String> RULE_VERSION = stringKey(ALERT + "rule.version");
  static final AttributeKey<String> FINGERPRINT = stringKey(ALERT + "fingerprint");
  static final AttributeKey<String> STATE = stringKey(ALERT + "state");
  static final AttributeKey<String> PREVIOUS = stringKey(ALERT + "state.previous");
  static final AttributeKey<String> SEVERITY = stringKey(ALERT + "severity");
  static final AttributeKey<String> START_TIME = stringKey(ALERT + "start_time");
  static final AttributeKey<String> FIRED_TIME = stringKey(ALERT + "fired_time");
  static final AttributeKey<String> END_TIME = stringKey(ALERT + "end_time");
  static final AttributeKey<String> RESOLVED_BY = stringKey(ALERT + "resolved_by");
  static final AttributeKey<Double> VALUE = doubleKey(ALERT + "value");
  static final AttributeKey<Double> THRESHOLD = doubleKey(ALERT + "threshold");
  static final AttributeKey<String> OPERATOR = stringKey(ALERT + "operator");
  static final AttributeKey<String> UNIT = stringKey(ALERT + "unit");
  static final AttributeKey<String> METRIC = stringKey(ALERT + "metric.name");
  static final AttributeKey<Double> WINDOW = doubleKey(ALERT + "window");
  static final AttributeKey<Double> FOR = doubleKey(ALERT + "for");
  static final AttributeKey<Double> KEEP_FIRING = doubleKey(ALERT + "keep_firing_for");
  static final AttributeKey<String> SLO_ID = stringKey(ALERT + "slo.id");
  static final AttributeKey<Double> SLO_OBJECTIVE = doubleKey(ALERT + "slo.objective");
  static final AttributeKey<Double> SLO_PERIOD = doubleKey(ALERT + "slo.period");
  static final AttributeKey<Double> BURN_LONG = doubleKey(ALERT + "burn_rate.long");
  static final AttributeKey<Double> BURN_SHORT = doubleKey(ALERT + "burn_rate.short");
  static final AttributeKey<Double> BURN_LIMIT = doubleKey(ALERT + "burn_rate.threshold");
  static final AttributeKey<String> RUNBOOK = stringKey(ALERT + "runbook.url");
  static final AttributeKey<String> TRACE_ID = stringKey(ALERT + "exemplar.trace_id");
  static final AttributeKey<String> SPAN_ID = stringKey(ALERT + "exemplar.span_id");
  static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");
  static final AttributeKey<String> CHANNEL = stringKey("vitals.alert.channel");
  static final AttributeKey<String> OUTCOME = stringKey("vitals.alert.outcome");
  static final AttributeKey<String> SLO_KEY = stringKey(SLO + "id");
  static final AttributeKey<String> SLO_WINDOW = stringKey(SLO + "window");

  private AlertNames() {}

  /** A label that identifies the alert. */
  static AttributeKey<String> label(String name) {
    return stringKey(ALERT + "label." + name);
  }

  /** A text that describes the alert. */
  static AttributeKey<String> annotation(String name) {
    return stringKey(ALERT + "annotation." + name);
  }
}
