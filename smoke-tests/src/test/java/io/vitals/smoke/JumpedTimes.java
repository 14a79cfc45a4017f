/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import java.util.ArrayList;
import java.util.List;

/** Which times a clock has told that was set several times. */
final class JumpedTimes {
  /** What a clock may be off that is followed only where it is far off, and rounding. */
  private static final long SLACK_NANOS = 1_000_000_000L;

  /** A time told by the clock as it is now is not older than that; far less than an hour. */
  private static final long NOW_NANOS = 120_000_000_000L;

  private final List<Long> offsets = new ArrayList<>();
  private final long startNanos = wall();
  private long endNanos = Long.MAX_VALUE;

  private static long wall() {
    return System.currentTimeMillis() * 1_000_000L;
  }

  /** Notes that the clock is set; false for the first time, when it is as it should be. */
  boolean begin(long offsetMillis) {
    offsets.add(offsetMillis * 1_000_000L);
    return offsets.size() > 1;
  }

  int phases() {
    return offsets.size();
  }

  void end() {
    endNanos = wall();
  }

  /** Whether the clock as it is set now has just told this time. */
  boolean isNow(long epochNanos) {
    long age = wall() + offsets.get(offsets.size() - 1) - epochNanos;
    return age > -SLACK_NANOS && age < NOW_NANOS;
  }

  /** Whether the clock has told this time, however it was set. */
  boolean contain(long epochNanos) {
    return offsets.stream()
        .map(offset -> epochNanos - offset)
        .anyMatch(time -> time >= startNanos - NOW_NANOS && time <= endNanos + SLACK_NANOS);
  }

  /** How long it all took. */
  double seconds() {
    return (endNanos - startNanos) / 1e9;
  }

  @Override
  public String toString() {
    return "from " + startNanos + " to " + endNanos + " with offsets of " + offsets;
  }
}
