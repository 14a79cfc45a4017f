/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.metric;

import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.vitals.exporter.aggregate.Distribution;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A base-2 exponential histogram of seconds that takes over distributions; its scale only falls.
 *
 * <p>Every duration goes to exactly one bucket, that of the middle of its slot. Rules:
 * OpenTelemetry metrics data model, exponential histogram. Confined to the export thread. Memory:
 * 1.3 KB.
 */
final class ExponentialCounts {
  /** The SDK's default. */
  static final int MOST_BUCKETS = 160;

  /** Three digits know no more: at scale 9 a bucket is 0.14 % wide, a slot 0.1 %. */
  static final int HIGHEST_SCALE = 9;

  /** At this scale all durations of a series fit into 160 buckets: 2^47 ns in powers of two. */
  private static final int LOWEST_SCALE = 0;

  /** A ring: bucket index i is at i modulo the length, as the window is never wider than that. */
  private long[] counts = new long[MOST_BUCKETS];

  private int scale = HIGHEST_SCALE;
  private int lowest;
  private int highest = -1;
  private long zeros;

  /** Adds all durations of a distribution. */
  void add(Distribution distribution) {
    Distribution.Cursor cursor = distribution.cursor();
    while (cursor.next()) {
      if (cursor.nanos() == 0) {
        zeros += cursor.count();
      } else {
        add(cursor.nanos() * 1e-9, cursor.count());
      }
    }
  }

  private void add(double seconds, long number) {
    int index = index(seconds, scale);
    if (highest < lowest) {
      lowest = index;
      highest = index;
    }
    while (Math.max(highest, index) - Math.min(lowest, index) >= MOST_BUCKETS
        && scale > LOWEST_SCALE) {
      halve();
      index >>= 1;
    }
    lowest = Math.min(lowest, index);
    highest = Math.max(highest, index);
    counts[Math.floorMod(index, MOST_BUCKETS)] += number;
  }

  /** Merges each two neighbouring buckets. */
  private void halve() {
    long[] halved = new long[MOST_BUCKETS];
    for (int i = lowest; i <= highest; i++) {
      halved[Math.floorMod(i >> 1, MOST_BUCKETS)] += counts[Math.floorMod(i, MOST_BUCKETS)];
    }
    counts = halved;
    lowest >>= 1;
    highest >>= 1;
    scale--;
  }

  /** The bucket (base^i, base^(i+1)] of a value; exact powers of two belong to the lower one. */
  static int index(double value, int scale) {
    int exponent = Math.getExponent(value);
    if (value == Math.scalb(1.0, exponent)) {
      return (exponent << scale) - 1;
    }
    return (int) Math.floor(Math.log(value) / Math.log(2) * (1 << scale));
  }

  int scale() {
    return scale;
  }

  long zeros() {
    return zeros;
  }

  /** The buckets for positive values. */
  ExponentialHistogramBuckets positive() {
    List<Long> filled = new ArrayList<>(Math.max(0, highest - lowest + 1));
    for (int i = lowest; i <= highest; i++) {
      filled.add(counts[Math.floorMod(i, MOST_BUCKETS)]);
    }
    return ExponentialHistogramBuckets.create(scale, filled.isEmpty() ? 0 : lowest, filled);
  }

  /** The buckets for negative values, of which durations have none. */
  ExponentialHistogramBuckets negative() {
    return ExponentialHistogramBuckets.create(scale, 0, Collections.emptyList());
  }
}
