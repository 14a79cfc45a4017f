/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import java.util.Collection;
import java.util.List;

/** Tells whether people are to be left in peace about an alert at one moment. */
final class Mutes {
  private final List<Silence> silences;
  private final List<Inhibition> inhibitions;
  private final Collection<TrackedAlert> alerts;
  final long nowEpochNanos;

  Mutes(NotifySettings settings, Collection<TrackedAlert> alerts, long nowEpochNanos) {
    this.silences = settings.silences;
    this.inhibitions = settings.inhibitions;
    this.alerts = alerts;
    this.nowEpochNanos = nowEpochNanos;
  }

  /** {@link Reason#SILENCED}, {@link Reason#INHIBITED}, or null. */
  Reason of(TrackedAlert alert) {
    if (isSilenced(alert)) {
      return Reason.SILENCED;
    }
    return Inhibition.sourceOf(inhibitions, alert, alerts) == null ? null : Reason.INHIBITED;
  }

  boolean isSilenced(TrackedAlert alert) {
    return Silence.of(silences, alert, nowEpochNanos) != null;
  }

  /** What mutes it, for people; or null. */
  String nameOf(TrackedAlert alert) {
    Silence silence = Silence.of(silences, alert, nowEpochNanos);
    if (silence != null) {
      return silence.name;
    }
    TrackedAlert source = Inhibition.sourceOf(inhibitions, alert, alerts);
    return source == null ? null : "alert " + source.event.ruleName;
  }
}
