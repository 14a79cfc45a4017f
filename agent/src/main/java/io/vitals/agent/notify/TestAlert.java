/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.vitals.exporter.alert.AlertEvent;
import io.vitals.exporter.alert.AlertState;
import io.vitals.exporter.alert.Severity;
import java.util.Collections;

/** An alert that says nothing but that alerts arrive. */
final class TestAlert {
  private static final String FINGERPRINT = "7e57000000000000";

  private TestAlert() {}

  static Notification notification(ServiceIdentity service, long nowEpochNanos) {
    AlertEvent.Builder event = new AlertEvent.Builder();
    event.ruleId = "vitals/NotificationTest";
    event.ruleName = "NotificationTest";
    event.ruleType = "event";
    event.fingerprint = FINGERPRINT;
    event.state = AlertState.FIRING;
    event.previous = AlertState.PENDING;
    event.severity = Severity.LOW;
    event.timeEpochNanos = nowEpochNanos;
    event.startEpochNanos = nowEpochNanos;
    event.firedEpochNanos = nowEpochNanos;
    event.value = 1;
    event.threshold = 0;
    event.operator = "gt";
    event.unit = "1";
    event.labels = Collections.singletonMap("test", "true");
    event.summary = "A test of this channel: nothing is wrong.";
    event.annotations = Collections.singletonMap("summary", event.summary);
    Notice notice = new Notice(new TrackedAlert(event.build(), service), true);
    return Notification.of(Notification.Kind.TEST, notice, service, nowEpochNanos);
  }
}
