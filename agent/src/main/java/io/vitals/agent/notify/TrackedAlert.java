/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.vitals.exporter.alert.AlertEvent;
import io.vitals.exporter.alert.AlertState;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An alert that has fired, with what people have said about it.
 *
 * <p>Only touched under the {@link Notifier}'s lock.
 */
final class TrackedAlert {
  final String fingerprint;

  /** What matchers and groups see: the alert's labels and those that Alertmanager knows. */
  final SortedMap<String, String> labels;

  AlertEvent event;
  String acknowledgedBy;
  long acknowledgedEpochNanos;
  String resolvedBy;
  long resolvedEpochNanos;

  /** Since when it is not firing any more, by the notifier's clock; 0 while it is. */
  long endedNanos;

  TrackedAlert(AlertEvent event, ServiceIdentity service) {
    this.fingerprint = event.fingerprint;
    this.event = event;
    TreeMap<String, String> all = new TreeMap<>(event.labels);
    all.put("alertname", event.ruleName);
    all.put("severity", event.severity.text());
    all.put("service", service.name);
    all.put("instance", service.instance);
    this.labels = all;
  }

  /** Takes the next event of the same fingerprint. */
  void update(AlertEvent next, long nowNanos) {
    // The same moment is an earlier one once the wall clock was set back.
    boolean fresh =
        next.state == AlertState.FIRING
            && (!event.state.isFiring() || next.firedEpochNanos > event.firedEpochNanos);
    if (fresh) {
      acknowledgedBy = null;
      acknowledgedEpochNanos = 0;
      resolvedBy = null;
      resolvedEpochNanos = 0;
    }
    event = next;
    labels.put("severity", next.severity.text());
    if (isFiring()) {
      endedNanos = 0;
    } else if (endedNanos == 0) {
      endedNanos = nowNanos;
    }
  }

  /** Whether people are to care: it fires, and nobody has declared it resolved. */
  boolean isFiring() {
    return event.state.isFiring() && resolvedBy == null;
  }

  boolean isAcknowledged() {
    return acknowledgedBy != null;
  }
}
