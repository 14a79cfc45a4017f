/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.vitals.exporter.alert.AlertEvent;
import java.util.Collections;
import java.util.List;

/** What is known of one alert at one moment, for people to look at. Immutable. */
public final class OpenAlert {
  /** The newest event. */
  public final AlertEvent event;

  /** Who took it on, or null. */
  public final String acknowledgedBy;

  /** When, in nanoseconds since the epoch; 0 if nobody did. */
  public final long acknowledgedEpochNanos;

  /** Which person declared it resolved, or null. */
  public final String resolvedBy;

  /** When, in nanoseconds since the epoch; 0 if nobody did. */
  public final long resolvedEpochNanos;

  /** Why nobody is told of it, such as {@code silence "deployment"}; or null. */
  public final String mutedBy;

  /** The names of the channels that have taken a notification of it. */
  public final List<String> told;

  OpenAlert(TrackedAlert from, String mutedBy, List<String> told) {
    this.event = from.event;
    this.acknowledgedBy = from.acknowledgedBy;
    this.acknowledgedEpochNanos = from.acknowledgedEpochNanos;
    this.resolvedBy = from.resolvedBy;
    this.resolvedEpochNanos = from.resolvedEpochNanos;
    this.mutedBy = mutedBy;
    this.told = Collections.unmodifiableList(told);
  }
}
