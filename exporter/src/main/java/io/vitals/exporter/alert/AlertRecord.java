/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Map;

/** What of an {@link AlertEvent} stands in the log event {@code alert.state_change}. */
final class AlertRecord {
  private AlertRecord() {}

  /** By state and severity, so that what is over does not look as bad as what is not. */
  static io.opentelemetry.api.logs.Severity severity(AlertEvent event) {
    if (event.state.isFiring()) {
      switch (event.severity) {
        case CRITICAL:
          return io.opentelemetry.api.logs.Severity.ERROR2;
        case HIGH:
          return io.opentelemetry.api.logs.Severity.ERROR;
        case MEDIUM:
          return io.opentelemetry.api.logs.Severity.WARN;
        default:
          return io.opentelemetry.api.logs.Severity.INFO;
      }
    }
    return event.state == AlertState.PENDING && event.severity != Severity.LOW
        ? io.opentelemetry.api.logs.Severity.INFO2
        : io.opentelemetry.api.logs.Severity.INFO;
  }

  static Attributes attributes(AlertEvent event) {
    AttributesBuilder all = Attributes.builder();
    all.put(AlertNames.RULE_ID, event.ruleId);
    all.put(AlertNames.RULE_NAME, event.ruleName);
    all.put(AlertNames.RULE_TYPE, event.ruleType);
    all.put(AlertNames.FINGERPRINT, event.fingerprint);
    all.put(AlertNames.STATE, event.state.text());
    all.put(AlertNames.PREVIOUS, event.previous.text());
    all.put(AlertNames.SEVERITY, event.severity.signal());
    all.put(AlertNames.FOR, event.forSeconds);
    all.put(AlertNames.KEEP_FIRING, event.keepFiringSeconds);
    put(all, AlertNames.RULE_VERSION, event.ruleVersion);
    put(all, AlertNames.START_TIME, time(event.startEpochNanos));
    put(all, AlertNames.FIRED_TIME, time(event.firedEpochNanos));
    put(all, AlertNames.END_TIME, time(event.endEpochNanos));
    put(all, AlertNames.RESOLVED_BY, event.resolvedBy);
    put(all, AlertNames.VALUE, event.value);
    put(all, AlertNames.THRESHOLD, event.threshold);
    put(all, AlertNames.OPERATOR, event.operator);
    put(all, AlertNames.UNIT, event.unit);
    put(all, AlertNames.METRIC, event.metricName);
    put(all, AlertNames.WINDOW, event.windowSeconds);
    put(all, AlertNames.RUNBOOK, event.runbookUrl());
    put(all, AlertNames.TRACE_ID, event.traceId);
    put(all, AlertNames.SPAN_ID, event.spanId);
    for (Map.Entry<String, String> label : event.labels.entrySet()) {
      all.put(AlertNames.label(label.getKey()), label.getValue());
      // What the alert is about has the conventions' own name too, such as http.route.
      if (label.getKey().indexOf('.') > 0) {
        all.put(label.getKey(), label.getValue());
      }
    }
    for (Map.Entry<String, String> annotation : event.annotations.entrySet()) {
      all.put(AlertNames.annotation(annotation.getKey()), annotation.getValue());
    }
    if (event.burnRate != null) {
      burnRate(all, event.burnRate);
    }
    return all.build();
  }

  private static void burnRate(AttributesBuilder all, AlertEvent.BurnRate rate) {
    all.put(AlertNames.SLO_ID, rate.sloId);
    all.put(AlertNames.SLO_OBJECTIVE, rate.objective);
    all.put(AlertNames.SLO_PERIOD, rate.periodSeconds);
    all.put(AlertNames.BURN_LIMIT, rate.limit);
    put(all, AlertNames.BURN_LONG, rate.longRate);
    put(all, AlertNames.BURN_SHORT, rate.shortRate);
  }

  private static void put(AttributesBuilder all, AttributeKey<String> key, String value) {
    if (value != null) {
      all.put(key, value);
    }
  }

  private static void put(AttributesBuilder all, AttributeKey<Double> key, double value) {
    if (!Double.isNaN(value)) {
      all.put(key, value);
    }
  }

  private static String time(long epochNanos) {
    return epochNanos == 0 ? null : Rfc3339.text(epochNanos);
  }
}
