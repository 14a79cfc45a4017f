/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in one line a minute at most that something was not exported, whatever the signal: a backend
 * that is not there is one fact. Confined to the export thread.
 */
final class LossLog {
  private static final long EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanoClock;
  private final Logger log = LoggerFactory.getLogger(LossLog.class);
  private boolean logged;
  private long loggedNanos;
  private long suppressed;

  LossLog(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /**
   * Logs a loss, or counts it among those that were not shown.
   *
   * @param what of what it was how many items, and where they were to go
   * @param detail more for people, or empty
   */
  void lost(long items, String what, String reason, String detail) {
    long now = nanoClock.getAsLong();
    if (logged && now - loggedNanos < EVERY_NANOS) {
      suppressed++;
      return;
    }
    String since = suppressed == 0 ? "" : "; " + suppressed + " more failures in the minute before";
    String shown = detail.isEmpty() ? "" : " (" + detail + ")";
    log.warn("{} {}: {}{}{}", items, what, reason, shown, since);
    logged = true;
    loggedNanos = now;
    suppressed = 0;
  }
}
