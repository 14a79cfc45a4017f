/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.runtime;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/**
 * Looks for deadlocked threads.
 *
 * <p>A look stops the application for as long as it takes, some 10 us a hundred threads; it is
 * followed by a rest a thousand times as long, a minute at most, so that the application loses a
 * thousandth of its time at most.
 */
final class Deadlocks {
  private static final long RESTS_FOR_ONE = 1000;
  private static final long LONGEST_REST_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private long restUntilNanos;
  private boolean hasLooked;
  private int last;

  private Deadlocks() {}

  /** Null where {@code java.management} is absent. */
  static Deadlocks ifPresent() {
    try {
      return new Deadlocks();
    } catch (LinkageError missing) {
      return null;
    }
  }

  /** How many threads are deadlocked, as far as was looked. */
  int count() {
    long start = System.nanoTime();
    if (hasLooked && start - restUntilNanos < 0) {
      return last;
    }
    long[] found =
        threads.isSynchronizerUsageSupported()
            ? threads.findDeadlockedThreads()
            : threads.findMonitorDeadlockedThreads();
    long took = System.nanoTime() - start;
    hasLooked = true;
    restUntilNanos = start + Math.min(RESTS_FOR_ONE * took, LONGEST_REST_NANOS);
    last = found == null ? 0 : found.length;
    return last;
  }
}
