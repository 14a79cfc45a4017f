/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

/** Gives an interval again as if it had come at another time. */
public final class IntervalReplay {
  private IntervalReplay() {}

  /** The same series between two other moments. */
  public static Interval at(Interval recorded, long startEpochNanos, long endEpochNanos) {
    return new Interval(startEpochNanos, endEpochNanos, recorded.anchorNanos(), recorded.series());
  }
}
