/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A clock that goes on whatever is done to the wall clock, and how far that is ahead. */
class SteadyClockTest {
  private static final long SECOND = 1_000_000_000L;

  private long nano = -5 * SECOND;
  private long wall = 1_000_000 * SECOND;

  /** What passes between two readings. */
  private long delay;

  private final SteadyClock clock =
      new SteadyClock(
          () -> {
            nano += delay;
            return nano;
          },
          () -> wall);

  private void pass(long nanos) {
    nano += nanos;
    wall += nanos;
  }

  @Test
  void time_isTheWallClockOfTheStartAndWhatHasPassed() {
    assertThat(clock.now()).isEqualTo(1_000_000 * SECOND);
    pass(7 * SECOND);
    assertThat(clock.now()).isEqualTo(1_000_007 * SECOND);
    assertThat(clock.at(nano - SECOND)).isEqualTo(1_000_006 * SECOND);
    assertThat(clock.aheadNanos()).isZero();
  }

  @Test
  void wallClockThatIsSet_isAheadOrBehindUntilItIsSetAgain() {
    wall += 3600 * SECOND;
    pass(SECOND);
    assertThat(clock.now()).isEqualTo(1_000_001 * SECOND);
    assertThat(clock.aheadNanos()).isEqualTo(3600 * SECOND);
    wall -= 7200 * SECOND;
    assertThat(clock.now()).isEqualTo(1_000_001 * SECOND);
    assertThat(clock.aheadNanos()).isEqualTo(-3600 * SECOND);
    wall += 3600 * SECOND;
    assertThat(clock.aheadNanos()).isZero();
  }

  @Test
  void jitter_isNoStep() {
    wall += 127_000_000;
    assertThat(clock.aheadNanos()).isZero();
    wall -= 254_000_000;
    assertThat(clock.aheadNanos()).isZero();
  }

  @Test
  void readingThatWasInterrupted_saysNothing() {
    wall += 3600 * SECOND;
    delay = SECOND;
    assertThat(clock.aheadNanos()).isZero();
    delay = 0;
    assertThat(clock.aheadNanos()).isBetween(3590 * SECOND, 3600 * SECOND);
  }
}
