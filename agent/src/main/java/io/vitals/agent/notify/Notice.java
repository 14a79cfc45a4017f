/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.vitals.exporter.alert.AlertEvent;
import java.util.Map;

/** One alert within a {@link Notification}, as it was when that was made. Immutable. */
final class Notice {
  final AlertEvent event;
  final Map<String, String> labels;
  final boolean firing;
  final String acknowledgedBy;
  final long acknowledgedEpochNanos;
  final String resolvedBy;

  /** When it ended; 0 while it is firing. */
  final long endEpochNanos;

  /** Whether the channel has not been told of this state before. */
  final boolean changed;

  Notice(TrackedAlert alert, boolean changed) {
    this.changed = changed;
    this.event = alert.event;
    this.labels = new java.util.TreeMap<>(alert.labels);
    this.firing = alert.isFiring();
    this.acknowledgedBy = alert.acknowledgedBy;
    this.acknowledgedEpochNanos = alert.acknowledgedEpochNanos;
    this.resolvedBy = alert.resolvedBy;
    this.endEpochNanos = firing ? 0 : end(alert);
  }

  private static long end(TrackedAlert alert) {
    if (alert.resolvedBy != null) {
      return alert.resolvedEpochNanos;
    }
    return alert.event.endEpochNanos != 0 ? alert.event.endEpochNanos : alert.event.timeEpochNanos;
  }

  /** When it became firing. */
  long startEpochNanos() {
    if (event.firedEpochNanos != 0) {
      return event.firedEpochNanos;
    }
    return event.startEpochNanos != 0 ? event.startEpochNanos : event.timeEpochNanos;
  }

  String status() {
    return firing ? "firing" : "resolved";
  }
}
