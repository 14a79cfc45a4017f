/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.health;

import java.util.Locale;

/** How something is doing. */
public enum HealthState {
  /** As it should be. */
  HEALTHY,
  /** Worse than it should be, and at work. */
  DEGRADED,
  /** Not doing what it is there for. */
  UNHEALTHY;

  /** The state that goes with a score of 0 to 100. */
  static HealthState of(double score) {
    return score > 70 ? HEALTHY : score > 40 ? DEGRADED : UNHEALTHY;
  }

  /** Such as {@code healthy}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
