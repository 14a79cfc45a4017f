/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import java.util.function.LongSupplier;

/**
 * Maps {@link System#nanoTime()} to nanoseconds since 1970.
 *
 * <p>The wall clock is read again every few seconds. What it has drifted is made up for gradually,
 * so that mapped times neither jump nor run backwards; only where it was set by more than {@link
 * #STEP_NANOS} do they follow at once. A time maps to the same result whenever it is asked for, as
 * long as it lies within the {@link #MOST_SEGMENTS} newest corrections.
 *
 * <p>Confined to one thread.
 */
public final class EpochClock {
  private static final long READ_EVERY_NANOS = 10_000_000_000L;

  /** NTP slews up to here and steps beyond (128 ms by default). */
  private static final long STEP_NANOS = 128_000_000;

  /** Drift below this is left alone: the wall clock itself is read in milliseconds. */
  private static final long IGNORED_NANOS = 1_000_000;

  /**
   * A reading that took longer was interrupted, and would pass for a step; the next one will do.
   */
  private static final long PROMPT_NANOS = 10_000_000;

  /** At one a ten seconds the last hour, which bounds how long a root stays exactly in order. */
  private static final int MOST_SEGMENTS = 360;

  private final LongSupplier nanoClock;
  private final LongSupplier wallClockNanos;
  private final long[] from = new long[MOST_SEGMENTS];
  private final long[] epoch = new long[MOST_SEGMENTS];
  private final double[] drift = new double[MOST_SEGMENTS];
  private int newest;
  private int count;
  private long readAt;

  /** A clock of the process's own clocks. */
  public EpochClock() {
    this(System::nanoTime, () -> System.currentTimeMillis() * 1_000_000L);
  }

  EpochClock(LongSupplier nanoClock, LongSupplier wallClockNanos) {
    this.nanoClock = nanoClock;
    this.wallClockNanos = wallClockNanos;
    long now = nanoClock.getAsLong();
    readAt = now;
    add(now, wallClockNanos.getAsLong(), 0);
  }

  /** Reads the wall clock if that is due; called before a batch is mapped. */
  public void adjust() {
    long now = nanoClock.getAsLong();
    if (now - readAt < READ_EVERY_NANOS) {
      return;
    }
    long mapped = epochNanos(now);
    long wall = wallClockNanos.getAsLong();
    if (nanoClock.getAsLong() - now > PROMPT_NANOS) {
      return;
    }
    long error = wall - mapped;
    readAt = now;
    if (Math.abs(error) > STEP_NANOS) {
      add(now, wall, 0);
    } else if (Math.abs(error) > IGNORED_NANOS) {
      add(now, mapped, (double) error / READ_EVERY_NANOS);
    } else if (drift[newest] != 0) {
      add(now, mapped, 0);
    }
  }

  private void add(long fromNanos, long epochNanos, double driftRate) {
    newest = count == 0 ? 0 : (newest + 1) % MOST_SEGMENTS;
    count = Math.min(count + 1, MOST_SEGMENTS);
    from[newest] = fromNanos;
    epoch[newest] = epochNanos;
    drift[newest] = driftRate;
  }

  /** The time of the wall clock at {@code nanoTime}. */
  public long epochNanos(long nanoTime) {
    int segment = newest;
    for (int left = count; left > 1 && nanoTime - from[segment] < 0; left--) {
      segment = (segment + MOST_SEGMENTS - 1) % MOST_SEGMENTS;
    }
    long since = nanoTime - from[segment];
    // Past its ten seconds a correction has done its work.
    long corrected = Math.max(0, Math.min(since, READ_EVERY_NANOS));
    return epoch[segment] + since + (long) (corrected * drift[segment]);
  }
}
