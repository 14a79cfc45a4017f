/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import java.util.Arrays;

/**
 * The last hours of one value: one a minute, and how far they usually are from their median.
 *
 * <p>Cost: a comparison; once a minute two sorts of 360 numbers.
 */
final class Past {
  /** What is known of a group that finds no room: nothing. */
  static final Past EMPTY = new Past();

  /** Six hours. */
  static final int MOST_VALUES = 360;

  /** Fewer say nothing about what is usual. */
  static final int LEAST_VALUES = 30;

  private static final long MINUTE_NANOS = 60_000_000_000L;

  private double[] values = new double[16];
  private int size;
  private int next;
  private long minute = Long.MIN_VALUE;

  /** The value of this minute, which belongs to the past from the next minute on. */
  private double latest = Double.NaN;

  private double median;
  private double deviation;

  boolean isKnown() {
    return size >= LEAST_VALUES;
  }

  double median() {
    return median;
  }

  /** The median distance from the median (MAD). */
  double deviation() {
    return deviation;
  }

  /** Notes the value of this minute, if it is not there yet; what it was before is past. */
  void note(double value, long now, double[] scratch) {
    long thisMinute = Math.floorDiv(now, MINUTE_NANOS);
    if (Double.isNaN(value) || thisMinute == minute) {
      return;
    }
    minute = thisMinute;
    if (!Double.isNaN(latest)) {
      keep(latest, scratch);
    }
    latest = value;
  }

  private void keep(double value, double[] scratch) {
    if (next == values.length && values.length < MOST_VALUES) {
      values = Arrays.copyOf(values, Math.min(MOST_VALUES, 2 * values.length));
    }
    if (next == MOST_VALUES) {
      next = 0;
    }
    values[next++] = value;
    size = Math.max(size, next);
    if (isKnown()) {
      median = medianOf(scratch, 0, false);
      deviation = medianOf(scratch, median, true);
    }
  }

  private double medianOf(double[] scratch, double from, boolean distances) {
    for (int i = 0; i < size; i++) {
      scratch[i] = distances ? Math.abs(values[i] - from) : values[i];
    }
    Arrays.sort(scratch, 0, size);
    return (scratch[(size - 1) / 2] + scratch[size / 2]) / 2;
  }
}
