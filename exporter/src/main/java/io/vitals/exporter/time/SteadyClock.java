/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.time;

import io.opentelemetry.sdk.common.Clock;
import java.util.function.LongSupplier;

/**
 * Nanoseconds since 1970 that go on evenly: the wall clock at the start, and what {@link
 * System#nanoTime()} has measured since.
 *
 * <p>Intervals, windows of rules and everything that waits are reckoned in its time, so that a wall
 * clock that is set neither stretches nor stops them. Only what others are told is moved by {@link
 * #aheadNanos}. Thread-safe; cost: two readings of clocks, no lock but in {@link #aheadNanos}.
 */
public final class SteadyClock implements Clock {
  /** Where NTP steps instead of slewing, which both clocks follow (128 ms by default). */
  private static final long STEP_NANOS = 128_000_000;

  /** A reading that took longer was interrupted and says nothing; the next one will. */
  private static final long PROMPT_NANOS = 10_000_000;

  private final LongSupplier nanoClock;
  private final LongSupplier wallClockNanos;
  private final long startNanos;
  private final long startEpochNanos;
  private long aheadNanos;

  /** A clock of the process's own clocks. */
  public SteadyClock() {
    this(System::nanoTime, () -> System.currentTimeMillis() * 1_000_000L);
  }

  SteadyClock(LongSupplier nanoClock, LongSupplier wallClockNanos) {
    this.nanoClock = nanoClock;
    this.wallClockNanos = wallClockNanos;
    this.startNanos = nanoClock.getAsLong();
    this.startEpochNanos = wallClockNanos.getAsLong();
  }

  @Override
  public long now() {
    return at(nanoClock.getAsLong());
  }

  @Override
  public long nanoTime() {
    return nanoClock.getAsLong();
  }

  /** Its time at a moment of {@link System#nanoTime()}. */
  public long at(long nanoTime) {
    return startEpochNanos + (nanoTime - startNanos);
  }

  /**
   * By how much the wall clock is ahead of this one: 0 until it is set, or the machine sleeps, and
   * the same until it happens again.
   */
  public synchronized long aheadNanos() {
    long before = now();
    long wall = wallClockNanos.getAsLong();
    long after = now();
    boolean isStep = Math.abs(wall - after - aheadNanos) > STEP_NANOS;
    if (isStep && after - before < PROMPT_NANOS) {
      aheadNanos = wall - after;
    }
    return aheadNanos;
  }
}
