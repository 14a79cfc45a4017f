/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.health;

import java.util.Arrays;

/** One group of one check over the last hour; confined to the thread that looks. */
final class Watched {
  private static final int MINUTES = 60;
  private static final long MINUTE_NANOS = 60_000_000_000L;

  final Bounds bounds;

  /** UCUM. */
  final String unit;

  final String component;
  final String name;

  /** What was measured at the last look; not a number without data. */
  double value = Double.NaN;

  long seenEpochNanos;
  private final double[] minutes = new double[MINUTES];
  private long minute = Long.MIN_VALUE;
  private double sum;
  private int number;

  /** Why the peer of an active check does not answer, or null. */
  ProbeFailure failure;

  Watched(Bounds bounds, String unit, String component, String name) {
    this.bounds = bounds;
    this.unit = unit;
    this.component = component;
    this.name = name;
    Arrays.fill(minutes, Double.NaN);
  }

  void see(double measured, long now) {
    value = measured;
    seenEpochNanos = now;
    long current = now / MINUTE_NANOS;
    if (minute == Long.MIN_VALUE) {
      minute = current;
    }
    for (; minute < current; minute++) {
      if (current - minute > MINUTES) {
        Arrays.fill(minutes, Double.NaN);
        minute = current - 1;
      }
      System.arraycopy(minutes, 1, minutes, 0, MINUTES - 1);
      minutes[MINUTES - 1] = number == 0 ? Double.NaN : sum / number;
      sum = 0;
      number = 0;
    }
    if (!Double.isNaN(measured)) {
      sum += measured;
      number++;
    }
  }

  Trend trend() {
    return Trend.of(minutes);
  }
}
