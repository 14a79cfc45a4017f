/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Durations lie in ascending places and are counted exactly by any number of threads. */
class TimeCountsTest {
  @Test
  void places_ascendWithTheDuration_andEndWithTheLongest() {
    int last = TimeCounts.place(0);
    assertThat(last).isZero();
    for (long nanos = 1; nanos > 0 && nanos < Long.MAX_VALUE / 2; nanos += 1 + nanos / 50) {
      int place = TimeCounts.place(nanos);
      assertThat(place).as("of " + nanos).isBetween(last, TimeCounts.PLACES - 1);
      last = place;
    }
    assertThat(last).isEqualTo(TimeCounts.PLACES - 1);
  }

  @Test
  void bucketsOfTheConventions_endWithAPlace() {
    for (double bound : new double[] {0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10}) {
      long nanos = Math.round(bound * 1e9);
      assertThat(TimeCounts.place(nanos + 1))
          .as("just longer than " + bound + " s")
          .isGreaterThan(TimeCounts.place(nanos));
    }
  }

  @Test
  void whatIsTaken_isWhatCame_andNothingIsLeft() {
    TimeCounts counts = new TimeCounts();
    counts.add(-5);
    counts.add(7);
    counts.add(7);
    counts.add(1_000_000_000_000_000L);

    assertThat(counts.take(TimeCounts.place(7))).isEqualTo(2);
    assertThat(counts.take(TimeCounts.place(0))).isEqualTo(1);
    assertThat(counts.take(TimeCounts.PLACES - 1)).isEqualTo(1);
    assertThat(counts.takeSumNanos()).isEqualTo(1_000_000_000_000_014L);
    assertThat(counts.takeMinNanos()).isZero();
    assertThat(counts.takeMaxNanos()).isEqualTo(1_000_000_000_000_000L);

    assertThat(count(counts)).isZero();
    assertThat(counts.takeSumNanos()).isZero();
    assertThat(counts.takeMinNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(counts.takeMaxNanos()).isZero();
  }

  @Test
  void manyThreads_loseNothing_whileOneTakes() throws Exception {
    int each = 100_000;
    TimeCounts counts = new TimeCounts();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int nanos = 1; nanos <= each; nanos++) {
                  counts.add(nanos);
                }
              });
      threads.add(thread);
      thread.start();
    }
    long taken = 0;
    long sum = 0;
    for (Thread thread : threads) {
      taken += count(counts);
      sum += counts.takeSumNanos();
      thread.join();
    }
    assertThat(taken + count(counts)).isEqualTo(4L * each);
    assertThat(sum + counts.takeSumNanos()).isEqualTo(4L * each * (each + 1) / 2);
  }

  @Test
  void names_beyondTheMost_areRefusedAndCounted() {
    long before = ConnectionPools.refused();
    PoolTimes first = PoolTimes.of("times 0");
    for (int i = 1; i < ConnectionPools.MOST; i++) {
      assertThat(PoolTimes.of("times " + i)).as("number " + i).isNotNull();
    }
    assertThat(PoolTimes.of("one more")).isNull();
    assertThat(PoolTimes.of("times 0")).isSameAs(first);
    assertThat(ConnectionPools.refused() - before).isEqualTo(1);
    PoolTimes.all().clear();
  }

  private static long count(TimeCounts counts) {
    long taken = 0;
    for (int place = 0; place < TimeCounts.PLACES; place++) {
      taken += counts.take(place);
    }
    return taken;
  }
}
