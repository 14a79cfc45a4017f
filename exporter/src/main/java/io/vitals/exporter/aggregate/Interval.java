/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

import java.util.Collections;
import java.util.List;

/** What all series held between two moments; immutable, and it can be merged with the next one. */
public final class Interval {
  private final long startEpochNanos;
  private final long endEpochNanos;
  private final long anchorNanos;
  private final List<SeriesInterval> series;

  Interval(
      long startEpochNanos, long endEpochNanos, long anchorNanos, List<SeriesInterval> series) {
    this.startEpochNanos = startEpochNanos;
    this.endEpochNanos = endEpochNanos;
    this.anchorNanos = anchorNanos;
    this.series = Collections.unmodifiableList(series);
  }

  /** When it began: the end of the one before. */
  public long startEpochNanos() {
    return startEpochNanos;
  }

  /** When it ended. */
  public long endEpochNanos() {
    return endEpochNanos;
  }

  /** The time of day at a moment of {@link System#nanoTime()}. */
  public long epochNanos(long nanoTime) {
    return endEpochNanos + (nanoTime - anchorNanos);
  }

  long anchorNanos() {
    return anchorNanos;
  }

  /** The series that something came for. */
  public List<SeriesInterval> series() {
    return series;
  }
}
