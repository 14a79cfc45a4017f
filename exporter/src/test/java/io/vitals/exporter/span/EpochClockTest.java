/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How mapped times follow a wall clock that drifts or is set. */
class EpochClockTest {
  private static final long SECOND = 1_000_000_000L;
  private final AtomicLong nano = new AtomicLong(-5 * SECOND);
  private final AtomicLong wall = new AtomicLong(1_000_000 * SECOND);
  private final EpochClock clock = new EpochClock(nano::get, wall::get);

  @Test
  void time_isWallClockPlusWhatNanoTimeMeasured() {
    assertThat(clock.epochNanos(-5 * SECOND)).isEqualTo(1_000_000 * SECOND);
    assertThat(clock.epochNanos(7 * SECOND)).isEqualTo(1_000_012 * SECOND);
    assertThat(clock.epochNanos(-6 * SECOND)).isEqualTo(999_999 * SECOND);
  }

  @Test
  void drift_isMadeUpForWithoutRunningBackwards() {
    pass(11 * SECOND, 11 * SECOND - 50_000_000);

    clock.adjust();

    long before = clock.epochNanos(nano.get() - 1);
    long at = clock.epochNanos(nano.get());
    assertThat(at - before).isBetween(0L, 2L);
    long last = at;
    for (int i = 1; i <= 20; i++) {
      long next = clock.epochNanos(nano.get() + i * SECOND);
      assertThat(next).isGreaterThan(last);
      last = next;
    }
    assertThat(clock.epochNanos(nano.get() + 10 * SECOND)).isEqualTo(wall.get() + 10 * SECOND);
    assertThat(clock.epochNanos(nano.get() + 20 * SECOND)).isEqualTo(wall.get() + 20 * SECOND);
  }

  @Test
  void clockThatWasSet_isFollowedAndPastTimesKeepTheirPlace() {
    long early = clock.epochNanos(-4 * SECOND);
    pass(11 * SECOND, 3_611 * SECOND);

    clock.adjust();

    assertThat(clock.epochNanos(nano.get())).isEqualTo(wall.get());
    assertThat(clock.epochNanos(-4 * SECOND)).isEqualTo(early);
  }

  @Test
  void readingThatWasInterrupted_isNoStep() {
    EpochClock interrupted =
        new EpochClock(
            nano::get,
            () -> {
              // The thread is off the processor for a second, before it sees the wall clock.
              nano.addAndGet(SECOND);
              return wall.addAndGet(SECOND);
            });
    long start = nano.get();
    long began = interrupted.epochNanos(start);
    pass(11 * SECOND, 11 * SECOND);
    interrupted.adjust();
    assertThat(interrupted.epochNanos(nano.get()) - began).isEqualTo(nano.get() - start);
  }

  @Test
  void manyCorrections_areForgottenFromTheOldest() {
    for (int i = 0; i < 1_000; i++) {
      pass(11 * SECOND, 12 * SECOND);
      clock.adjust();
    }

    assertThat(clock.epochNanos(nano.get())).isEqualTo(wall.get());
  }

  private void pass(long nanos, long wallNanos) {
    nano.addAndGet(nanos);
    wall.addAndGet(wallNanos);
  }
}
