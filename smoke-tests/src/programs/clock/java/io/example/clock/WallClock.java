/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.example.clock;

/** The wall clock that a whole JVM reads, and by how much it is off. */
public final class WallClock {
  /** What the JDK's own method refuses: an offset further away than 32 bits of seconds. */
  private static final long MOST_SECONDS = 1L << 32;

  private static volatile long offsetMillis;

  private WallClock() {}

  static void set(long millis) {
    offsetMillis = millis;
  }

  /** Stands for {@link System#currentTimeMillis()}. */
  public static long currentTimeMillis() {
    return System.currentTimeMillis() + offsetMillis;
  }

  /**
   * Stands for {@code jdk.internal.misc.VM.getNanoTimeAdjustment}, which java.time reads from 9.
   */
  public static long getNanoTimeAdjustment(long offsetSeconds) {
    long now = currentTimeMillis();
    if (Math.abs(now / 1000 - offsetSeconds) >= MOST_SECONDS) {
      return -1;
    }
    return (now - offsetSeconds * 1000) * 1_000_000;
  }
}
