/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

/**
 * What a peer adds to the baseline.
 *
 * @param value the median of the differences, round by round
 * @param error how far the true median may lie from it, at about 95 % confidence; infinite after
 *     one round alone
 */
record Added(double value, double error) {
  /** What may be unknown of a value that is put into a ratio, as a share of it. */
  static final double UNKNOWN = 0.25;

  /** A notch of a box plot (McGill, Tukey and Larsen, 1978): 1.57 times the quartiles' distance. */
  private static final double NOTCH = 1.57;

  /**
   * Compares round by round, since peers take turns within seconds while a shared machine's speed
   * changes within minutes: what slows down both is in no difference.
   */
  static Added of(Series baseline, Series peer) {
    Series differences = peer.less(baseline);
    double error = NOTCH * differences.spread() / Math.sqrt(differences.size());
    boolean known = differences.size() > 1;
    return new Added(differences.median(), known ? error : Double.POSITIVE_INFINITY);
  }

  /** Compares what is counted, such as classes: once is enough. */
  static Added counted(Series baseline, Series peer) {
    return new Added(peer.less(baseline).median(), 0);
  }

  /** Whether the rounds scatter too much for the value to be put into a ratio. */
  boolean noisy() {
    return error > UNKNOWN * Math.abs(value);
  }

  /** The least that it may be. */
  double atLeast() {
    return value - error;
  }

  /** The most that it may be. */
  double atMost() {
    return value + error;
  }
}
