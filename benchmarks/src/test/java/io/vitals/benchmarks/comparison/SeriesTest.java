/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Medians, quartiles and what one series adds to another. */
class SeriesTest {
  @Test
  void median_isTheMiddleOrLiesBetweenTheTwoInTheMiddle() {
    assertThat(Series.of(9, 1, 5).median()).isEqualTo(5);
    assertThat(Series.of(9, 1, 5, 6).median()).isEqualTo(5.5);
    assertThat(Series.of(7).median()).isEqualTo(7);
    assertThat(Series.of().median()).isNaN();
  }

  @Test
  void spread_isTheDistanceOfTheQuartiles() {
    // R: quantile(c(1, 2, 3, 4, 10), type = 7) gives 2 and 4.
    assertThat(Series.of(10, 3, 1, 4, 2).spread()).isEqualTo(2);
    assertThat(Series.of(1, 2, 3, 4).quantile(0.25)).isCloseTo(1.75, within(1e-12));
    assertThat(Series.of(7).spread()).isZero();
  }

  @Test
  void added_isTheMedianOfTheDifferencesOfEachRound() {
    // The machine was slow in the second round for both.
    Added added = Added.of(Series.of(100, 200, 101), Series.of(110, 210, 112));
    assertThat(added.value()).isEqualTo(10);
    // The quartiles of 10, 10 and 11 are 10 and 10.5.
    assertThat(added.error()).isCloseTo(1.57 * 0.5 / Math.sqrt(3), within(1e-12));
    assertThat(added.noisy()).isFalse();
  }

  @Test
  void added_isNoisyIfItMayBeAQuarterMoreOrLess() {
    Series baseline = Series.of(100, 100, 100, 100, 100);
    assertThat(Added.of(baseline, Series.of(108, 109, 110, 111, 112)).noisy()).isFalse();
    assertThat(Added.of(baseline, Series.of(104, 107, 110, 113, 116)).noisy()).isTrue();
    assertThat(Added.of(baseline, Series.of(94, 97, 100, 103, 106)).noisy()).isTrue();
  }

  @Test
  void added_isExactWhereNothingScatters() {
    Added added = Added.of(Series.of(30, 30), Series.of(30, 30));
    assertThat(added.value()).isZero();
    assertThat(added.noisy()).isFalse();
  }

  @Test
  void less_leavesOutRoundsThatOneLacks() {
    assertThat(Series.of(5, 6, 7).less(Series.of(1, 1)).size()).isEqualTo(2);
  }
}
