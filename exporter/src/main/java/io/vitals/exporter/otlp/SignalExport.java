/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Exports one signal through one exporter, one batch at a time, without waiting.
 *
 * <p>Confined to the export thread, but for the counts, which any thread may read.
 */
final class SignalExport<T> {
  private final Destination<T> destination;
  private final long timeoutNanos;
  private final LongSupplier nanoClock;
  private final SignalFailures failures;
  private Underway underway;
  private boolean lastSucceeded;
  private volatile long exported;
  private volatile int inFlight;

  SignalExport(
      Destination<T> destination,
      long timeoutNanos,
      LongSupplier nanoClock,
      SignalFailures failures) {
    this.destination = destination;
    this.timeoutNanos = timeoutNanos;
    this.nanoClock = nanoClock;
    this.failures = failures;
  }

  /** Whether the next batch can go out; takes note of how the last one ended. */
  boolean isFree() {
    if (underway == null) {
      return true;
    }
    if (underway.result.isDone()) {
      ended(underway);
    } else if (nanoClock.getAsLong() - underway.startedNanos > timeoutNanos) {
      failures.lost("timeout", underway.items, null);
      lastSucceeded = false;
    } else {
      return false;
    }
    underway = null;
    inFlight = 0;
    return true;
  }

  private void ended(Underway export) {
    lastSucceeded = export.result.isSuccess();
    if (lastSucceeded) {
      taken(export.items, destination.response());
    } else {
      Throwable failure = export.result.getFailureThrowable();
      failures.lost(SignalFailures.reason(failure), export.items, failure);
    }
  }

  private void taken(int items, PartialSuccess response) {
    // A backend cannot reject more than it got, whatever it says.
    long rejected = Math.min(items, response.rejected);
    exported += items - rejected;
    if (rejected > 0) {
      failures.rejected(rejected, response.message);
    } else if (!response.message.isEmpty()) {
      failures.warned(response.message);
    }
  }

  /** Sends a batch; only when {@link #isFree}. */
  void send(List<T> batch) {
    long now = nanoClock.getAsLong();
    try {
      underway = destination.send(batch, now);
    } catch (Throwable failure) {
      underway =
          new Underway(CompletableResultCode.ofExceptionalFailure(failure), batch.size(), now);
    }
    inFlight = underway.items;
    // One of our threads wakes another: the next batch need not wait for its next look.
    Thread exporting = Thread.currentThread();
    underway.result.whenComplete(() -> LockSupport.unpark(exporting));
  }

  /** Waits for the batch under way, if there is one, until {@code deadlineNanos} at most. */
  void await(long deadlineNanos) {
    if (underway == null) {
      return;
    }
    long left = deadlineNanos - nanoClock.getAsLong();
    underway.result.join(Math.max(left, 1), TimeUnit.NANOSECONDS);
    if (!isFree()) {
      failures.lost("shutdown", underway.items, null);
      lastSucceeded = false;
      underway = null;
      inFlight = 0;
    }
  }

  /** Whether the backend took the last batch; false before the first. */
  boolean lastSucceeded() {
    return lastSucceeded;
  }

  void shutdown() {
    destination.shutdown();
  }

  long exported() {
    return exported;
  }

  int inFlight() {
    return inFlight;
  }

  SignalFailures failures() {
    return failures;
  }
}
