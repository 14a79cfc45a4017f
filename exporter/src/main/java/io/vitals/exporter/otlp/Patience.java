/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long a flush may take: the whole time for a backend that took the last batch, much less for
 * one that did not, so that a dead one does not hold up the exit.
 */
final class Patience {
  /** Covers loading the client and a first connection with TLS on a machine at its ease. */
  private static final long UNPROVEN_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final LongSupplier nanoClock;
  private final long deadlineNanos;
  private final long unprovenNanos;
  private final boolean last;

  /**
   * Starts the time.
   *
   * @param setUpNanos what it took to make the exporters just now, 0 if they were there: a machine
   *     that is slow at that is as slow at the first connection, so twice as long is allowed
   */
  Patience(LongSupplier nanoClock, long timeoutNanos, boolean last, long setUpNanos) {
    this.nanoClock = nanoClock;
    long now = nanoClock.getAsLong();
    long unproven = Math.max(UNPROVEN_NANOS, 2 * setUpNanos);
    this.deadlineNanos = now + timeoutNanos;
    this.unprovenNanos = now + (last ? Math.min(timeoutNanos, unproven) : timeoutNanos);
    this.last = last;
  }

  /** Until when to wait for a backend. */
  long deadlineNanos(boolean proven) {
    return proven ? deadlineNanos : unprovenNanos;
  }

  /** Whether no further batch is worth sending. */
  boolean isOver(List<? extends SignalExport<?>> exports) {
    boolean proven = exports.isEmpty();
    for (SignalExport<?> export : exports) {
      proven |= export.lastSucceeded();
    }
    return nanoClock.getAsLong() - deadlineNanos(proven) >= 0;
  }

  /** Whether nothing comes after. */
  boolean isLast() {
    return last;
  }
}
