/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The upper bounds of a histogram's buckets; each is included in its bucket, the last is open. */
public final class Bounds {
  private final long[] nanos;
  private final List<Double> seconds;

  Bounds(double... seconds) {
    this.nanos = new long[seconds.length];
    List<Double> list = new ArrayList<>();
    for (int i = 0; i < seconds.length; i++) {
      nanos[i] = Math.round(seconds[i] * 1e9);
      list.add(seconds[i]);
    }
    this.seconds = Collections.unmodifiableList(list);
  }

  /** The bounds in seconds, ascending. */
  public List<Double> seconds() {
    return seconds;
  }

  /** How many buckets there are: one more than bounds. */
  public int buckets() {
    return nanos.length + 1;
  }

  /** The bucket of a duration. */
  int bucket(long durationNanos) {
    int low = 0;
    int high = nanos.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (durationNanos <= nanos[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The longest duration in a bucket that is not the last. */
  long upperNanos(int bucket) {
    return nanos[bucket];
  }
}
