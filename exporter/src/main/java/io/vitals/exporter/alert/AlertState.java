/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import java.util.Locale;

/** Where an alert is on its way, as Prometheus knows it. */
public enum AlertState {
  /** The condition does not hold. */
  INACTIVE,
  /** The condition holds, not yet as long as the rule's {@code for} says. */
  PENDING,
  /** The condition has held for so long. */
  FIRING,
  /** The condition has ended, and {@code keep_firing_for} has not passed; still firing. */
  RECOVERING,
  /** It was firing and has ended. */
  RESOLVED;

  /** As the signal says it, such as {@code firing}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether people are to know of it: firing or recovering. */
  public boolean isFiring() {
    return this == FIRING || this == RECOVERING;
  }
}
