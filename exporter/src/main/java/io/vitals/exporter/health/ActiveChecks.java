/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.health;

import io.vitals.exporter.work.Worker;
import io.vitals.exporter.work.WorkerThread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The checks that ask a peer, because no hook sees it or it is not called often enough.
 *
 * <p>One thread, there only while there are checks, begins what is due and takes what has come; it
 * never waits. Attempts run on threads that are lent for them: one, where each peer answers at
 * once, since a second attempt is not begun before the first has had {@value #QUICK_NANOS} ns; one
 * more for each that hangs. So a peer that hangs delays no other check, and no rule.
 */
final class ActiveChecks implements Worker {
  /** A peer that is well answers in less; the thread that begins attempts looks as often. */
  static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** A lent thread is kept until the next interval of checks that are often made. */
  private static final long KEPT_SECONDS = 15;

  /** All that may hang, and as many of a file before that was reloaded. */
  private static final int MOST_THREADS = 2 * HealthSettings.MOST_CHECKS;

  private final LongSupplier nanoClock;
  private volatile List<ActiveCheck> checks = Collections.emptyList();
  private WorkerThread thread;
  private volatile ThreadPoolExecutor lent;

  ActiveChecks(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** Goes on with these checks; one that stays as it was keeps what is known of it. */
  synchronized void use(List<CheckSettings> wanted) {
    List<ActiveCheck> next = new ArrayList<>();
    List<ActiveCheck> gone = new ArrayList<>(checks);
    for (CheckSettings each : wanted) {
      ActiveCheck kept = null;
      for (ActiveCheck old : gone) {
        kept = old.settings.identity.equals(each.identity) ? old : kept;
      }
      gone.remove(kept);
      next.add(kept == null ? new ActiveCheck(each, nanoClock.getAsLong()) : kept);
    }
    checks = Collections.unmodifiableList(next);
    for (ActiveCheck each : gone) {
      each.abandon();
    }
    if (next.isEmpty()) {
      end();
    } else if (thread == null) {
      lent =
          new ThreadPoolExecutor(
              0,
              MOST_THREADS,
              KEPT_SECONDS,
              TimeUnit.SECONDS,
              new SynchronousQueue<>(),
              work -> WorkerThread.make(work, "check"));
      thread = WorkerThread.start(this);
    }
  }

  /** The checks that there are; for any thread. */
  List<ActiveCheck> all() {
    return checks;
  }

  @Override
  public String name() {
    return "checks";
  }

  @Override
  public int work() {
    long now = nanoClock.getAsLong();
    List<ActiveCheck> all = checks;
    boolean mayBegin = true;
    for (ActiveCheck check : all) {
      mayBegin &= !check.isFresh(now);
    }
    for (ActiveCheck check : all) {
      check.work(now, mayBegin, lent);
      mayBegin &= !check.isFresh(now);
    }
    return 0;
  }

  /** Breaks everything off and ends the threads. */
  synchronized void end() {
    if (thread != null) {
      thread.stop(QUICK_NANOS, TimeUnit.NANOSECONDS);
      thread = null;
      lent.shutdown();
      for (ActiveCheck check : checks) {
        check.abandon();
      }
    }
  }
}
