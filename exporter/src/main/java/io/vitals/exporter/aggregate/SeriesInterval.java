/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

/**
 * What one series held in an interval; immutable.
 *
 * <p>The number of durations is the sum of the buckets and of the distribution.
 */
public final class SeriesInterval {
  private final Series series;
  private final long count;
  private final long sumNanos;
  private final long minNanos;
  private final long maxNanos;
  private final long[] buckets;
  private final Distribution distribution;
  private final Exemplars exemplars;

  SeriesInterval(
      Series series,
      long count,
      long sumNanos,
      long minNanos,
      long maxNanos,
      long[] buckets,
      Distribution distribution,
      Exemplars exemplars) {
    this.series = series;
    this.count = count;
    this.sumNanos = sumNanos;
    this.minNanos = minNanos;
    this.maxNanos = maxNanos;
    this.buckets = buckets;
    this.distribution = distribution;
    this.exemplars = exemplars;
  }

  /** This and a later one of the same series together. */
  SeriesInterval merge(SeriesInterval newer) {
    long[] merged = buckets.clone();
    for (int i = 0; i < merged.length; i++) {
      merged[i] += newer.buckets[i];
    }
    return new SeriesInterval(
        series,
        count + newer.count,
        sumNanos + newer.sumNanos,
        Math.min(minNanos, newer.minNanos),
        Math.max(maxNanos, newer.maxNanos),
        merged,
        distribution.merge(newer.distribution),
        Exemplars.merge(exemplars, newer.exemplars));
  }

  /** The series. */
  public Series series() {
    return series;
  }

  /** How many durations there were, at least one. */
  public long count() {
    return count;
  }

  /** Their exact sum. */
  public long sumNanos() {
    return sumNanos;
  }

  /** The exact shortest one. */
  public long minNanos() {
    return minNanos;
  }

  /** The exact longest one. */
  public long maxNanos() {
    return maxNanos;
  }

  /** How many are in a bucket of the metric's {@link Bounds}; exact. */
  public long bucket(int index) {
    return buckets[index];
  }

  /** All of them to 0.1 %. */
  public Distribution distribution() {
    return distribution;
  }

  /** Kept traces as examples of the buckets, or null. */
  public Exemplars exemplars() {
    return exemplars;
  }

  /** The duration that {@code quantile} (0 to 1) of all do not exceed, to 0.1 %. */
  public long quantileNanos(double quantile) {
    if (Distribution.rank(quantile, count) >= count) {
      return maxNanos;
    }
    return Math.max(minNanos, Math.min(maxNanos, distribution.quantileNanos(quantile)));
  }
}
