/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A histogram of what came since it was last taken: how many durations were how long.
 *
 * <p>Durations lie in places: each power of two is divided into eight, so that a place's middle is
 * off by at most 6.3 %, and where a bucket of the conventions ends, so does a place. So the counts
 * of the buckets are exact, and so are number, sum, shortest and longest.
 *
 * <p>Any thread adds, one takes; what is added meanwhile may be taken in part. Cost: two atomic
 * adds for a duration, no lock, no allocation. Memory: 3 KB.
 */
public final class TimeCounts {
  /**
   * The last nanosecond of each bucket but the last, which is open: what the conventions advise for
   * durations of database operations. They advise nothing for those of connections.
   */
  private static final long[] BOUNDS = {
    1_000_000L,
    5_000_000L,
    10_000_000L,
    50_000_000L,
    100_000_000L,
    500_000_000L,
    1_000_000_000L,
    5_000_000_000L,
    10_000_000_000L
  };

  /** Bits below the leading one that tell places apart. */
  private static final int MAGNITUDE = 3;

  /** 39 hours; a longer duration is sorted as this one, and adds to the sum what it is. */
  static final long LONGEST_NANOS = (1L << 47) - 1;

  /** How many places there are. */
  public static final int PLACES = place(LONGEST_NANOS) + 1;

  private static final long NONE = Long.MAX_VALUE;

  private final AtomicLongArray counts = new AtomicLongArray(PLACES);
  private final AtomicLong sumNanos = new AtomicLong();
  private final AtomicLong minNanos = new AtomicLong(NONE);
  private final AtomicLong maxNanos = new AtomicLong();

  /** Makes an empty one. */
  public TimeCounts() {}

  /** Adds a duration; one below 0 is 0. */
  public void add(long nanos) {
    long duration = Math.max(0, nanos);
    sumNanos.getAndAdd(duration);
    long min = minNanos.get();
    while (duration < min && !minNanos.compareAndSet(min, duration)) {
      min = minNanos.get();
    }
    long max = maxNanos.get();
    while (duration > max && !maxNanos.compareAndSet(max, duration)) {
      max = maxNanos.get();
    }
    // Last, so that whoever sees it finds the rest.
    counts.getAndIncrement(place(duration));
  }

  /** Takes the number of durations in a place. */
  public long take(int place) {
    return counts.get(place) == 0 ? 0 : counts.getAndSet(place, 0);
  }

  /** Takes the sum. */
  public long takeSumNanos() {
    return sumNanos.getAndSet(0);
  }

  /** Takes the shortest; the largest long if there is none. */
  public long takeMinNanos() {
    return minNanos.getAndSet(NONE);
  }

  /** Takes the longest; 0 if there is none. */
  public long takeMaxNanos() {
    return maxNanos.getAndSet(0);
  }

  /** The place of a duration that is not below 0: its slot, and one more for each bound below. */
  public static int place(long nanos) {
    long value = Math.min(nanos, LONGEST_NANOS);
    int shift = 63 - MAGNITUDE - Long.numberOfLeadingZeros(value);
    int place = shift <= 0 ? (int) value : (shift << MAGNITUDE) + (int) (value >>> shift);
    for (int i = 0; i < BOUNDS.length && value > BOUNDS[i]; i++) {
      place++;
    }
    return place;
  }
}
