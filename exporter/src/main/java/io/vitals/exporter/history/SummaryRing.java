/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A day of summaries at falling resolution: 10 s for ten minutes, 1 min for six hours, 10 min for
 * the rest.
 *
 * <p>At most 528 summaries, a megabyte or so. Thread-safe.
 */
final class SummaryRing {
  static final long FINE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long MIDDLE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long COARSE_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final long FINE_FOR_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final long MIDDLE_FOR_NANOS = TimeUnit.HOURS.toNanos(6);
  private static final long COARSE_FOR_NANOS = TimeUnit.HOURS.toNanos(24);

  private final Level coarse = new Level(COARSE_NANOS, COARSE_FOR_NANOS, null);
  private final Level middle = new Level(MIDDLE_NANOS, MIDDLE_FOR_NANOS, coarse);
  private final Level fine = new Level(FINE_NANOS, FINE_FOR_NANOS, middle);

  /** Summaries of one length, the oldest first; what is too old goes on to the next level. */
  private static final class Level {
    private final ArrayDeque<Summary> summaries = new ArrayDeque<>();
    private final long lengthNanos;
    private final long keptNanos;
    private final Level next;

    Level(long lengthNanos, long keptNanos, Level next) {
      this.lengthNanos = lengthNanos;
      this.keptNanos = keptNanos;
      this.next = next;
    }

    void add(Summary added) {
      Summary last = summaries.peekLast();
      if (last != null && added.endEpochNanos - last.startEpochNanos <= lengthNanos) {
        summaries.pollLast();
        summaries.add(last.merge(added));
      } else {
        summaries.add(added);
      }
    }

    void age(long now) {
      while (!summaries.isEmpty() && now - summaries.peek().endEpochNanos > keptNanos) {
        Summary old = summaries.poll();
        if (next != null) {
          next.add(old);
        }
      }
      if (next != null) {
        next.age(now);
      }
    }
  }

  synchronized void add(Summary summary) {
    fine.add(summary);
    fine.age(summary.endEpochNanos);
  }

  /** All there is, the oldest first. */
  synchronized List<Summary> all() {
    List<Summary> all = new ArrayList<>(coarse.summaries);
    all.addAll(middle.summaries);
    all.addAll(fine.summaries);
    return all;
  }
}
