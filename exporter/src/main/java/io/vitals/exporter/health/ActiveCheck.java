/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.health;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * One check at work: a run is an attempt and, where that fails, up to so many more.
 *
 * <p>{@link #work} is called by one thread and never waits; {@link #outcome} may be read by any. An
 * attempt that does not end in its time (a name server may keep the lookup of a host for half a
 * minute) has failed all the same; until it does end, no other of the same check is begun.
 */
final class ActiveCheck {
  /** What a peer may need to come back to life between two attempts of a run. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** An attempt ends by itself at its timeout; what is so late does not. */
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  final CheckSettings settings;
  private Attempt attempt;
  private boolean isAbandoned;
  private int failures;
  private long runNanos;
  private long dueNanos;
  private volatile CheckOutcome outcome;

  ActiveCheck(CheckSettings settings, long nowNanos) {
    this.settings = settings;
    this.dueNanos = nowNanos;
  }

  /** What came of the last run; null before the first has ended. */
  CheckOutcome outcome() {
    return outcome;
  }

  /** Whether an attempt began this moment and may end at once. */
  synchronized boolean isFresh(long nowNanos) {
    return attempt != null
        && attempt.outcome() == null
        && nowNanos - attempt.startNanos < ActiveChecks.QUICK_NANOS;
  }

  /** Takes what has come, and begins what is due if that is allowed. */
  synchronized void work(long now, boolean mayBegin, Executor threads) {
    if (attempt != null) {
      take(now);
    }
    if (attempt == null && now - dueNanos >= 0 && mayBegin) {
      begin(now, threads);
    }
  }

  private void take(long now) {
    CheckOutcome came = attempt.outcome();
    if (isAbandoned) {
      attempt = came == null ? attempt : null;
      isAbandoned = attempt != null;
      return;
    }
    if (came == null) {
      if (now - attempt.startNanos < settings.timeoutNanos + LATE_NANOS) {
        return;
      }
      attempt.cancel();
      isAbandoned = true;
      came = CheckOutcome.failed(ProbeFailure.timeout(settings.timeoutNanos));
    } else {
      attempt = null;
    }
    ended(came, now);
  }

  private void ended(CheckOutcome came, long now) {
    if (came.failure != null && failures < settings.retries) {
      failures++;
      dueNanos = now + PAUSE_NANOS;
      return;
    }
    outcome = came;
    failures = 0;
    // After a run that took longer than the interval the next one begins at once.
    dueNanos = Math.max(runNanos + settings.intervalNanos, now);
  }

  private void begin(long now, Executor threads) {
    if (failures == 0) {
      runNanos = now;
    }
    Attempt next = new Attempt(settings.probe, now);
    try {
      threads.execute(next);
      attempt = next;
    } catch (RejectedExecutionException full) {
      ended(CheckOutcome.failed(new ProbeFailure("rejected", "too many checks hang")), now);
    }
  }

  /** Breaks off what is running. */
  synchronized void abandon() {
    if (attempt != null) {
      attempt.cancel();
    }
  }
}
