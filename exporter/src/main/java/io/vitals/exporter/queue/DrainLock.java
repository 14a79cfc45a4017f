/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.queue;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The right to work behind the queue, for one thread at a time.
 *
 * <p>No thread is ever woken by it: application threads only try, and our own threads look again
 * every {@value #LOOK_AGAIN_NANOS} ns. A parked owner would be woken by the one that lets go, which
 * may be an application thread; that is why this is no {@code ReentrantLock}.
 */
public final class DrainLock {
  /** A fifth of the time for which a helping thread holds the lock. */
  private static final long LOOK_AGAIN_NANOS = 10_000;

  private final AtomicBoolean held = new AtomicBoolean();
  private final AtomicInteger waiting = new AtomicInteger();

  DrainLock() {}

  /** Takes the lock if it is free and none of our own threads waits for it. */
  boolean tryHelp() {
    return !held.get() && waiting.get() == 0 && held.compareAndSet(false, true);
  }

  /** Takes the lock if it is free. */
  public boolean tryLock() {
    return !held.get() && held.compareAndSet(false, true);
  }

  /** Takes the lock, waiting for it; for our own threads only. */
  public void lock() {
    if (tryLock()) {
      return;
    }
    waiting.incrementAndGet();
    try {
      while (!tryLock()) {
        LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
      }
    } finally {
      waiting.decrementAndGet();
    }
  }

  /** Gives the lock back. */
  public void unlock() {
    held.set(false);
  }
}
