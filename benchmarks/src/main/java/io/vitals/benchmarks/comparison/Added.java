/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

/**
 * What a peer adds to the baseline.
 *
 * @param value the median of the differences, round by round
 * @param noisy whether the rounds scatter too much for the value to be put into a ratio
 */
record Added(double value, boolean noisy) {
  /**
   * How far the quartiles may lie apart, as a share of the median. A tenth is what an undisturbed
   * machine stays well below, and what would blur a ratio of eight little.
   */
  static final double SCATTER = 0.1;

  static Added of(Series baseline, Series peer) {
    double value = peer.less(baseline).median();
    boolean lost = Math.abs(value) < baseline.spread();
    return new Added(value, scatters(baseline) || scatters(peer) || lost);
  }

  private static boolean scatters(Series series) {
    return series.spread() > SCATTER * Math.abs(series.median());
  }
}
