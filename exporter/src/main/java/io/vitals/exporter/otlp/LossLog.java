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

  /** Logs a loss, or counts it among those that were not shown. */
  void lost(long items, String signal, String reason, Throwable cause) {
    long now = nanoClock.getAsLong();
    if (logged && now - loggedNanos < EVERY_NANOS) {
      suppressed++;
      return;
    }
    String since = suppressed == 0 ? "" : "; " + suppressed + " more failures in the minute before";
    log.warn("{} {} not exported: {}{}{}", items, signal, reason, detail(cause), since);
    logged = true;
    loggedNanos = now;
    suppressed = 0;
  }

  private static String detail(Throwable cause) {
    Throwable shown = cause != null && cause.getCause() != null ? cause.getCause() : cause;
    return shown == null || shown.getMessage() == null ? "" : " (" + shown.getMessage() + ")";
  }
}
