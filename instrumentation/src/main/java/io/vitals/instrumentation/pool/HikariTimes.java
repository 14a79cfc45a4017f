/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import com.zaxxer.hikari.pool.HikariPool;
import com.zaxxer.hikari.util.ClockSource;
import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.PoolTimes;

/**
 * Measures the connections of HikariCP by its own clock, and from where it measures itself for
 * whoever has set a metrics tracker; nothing is allocated.
 */
public final class HikariTimes {
  private HikariTimes() {}

  /** Notes since when the caller waited that is now given a connection, on its thread. */
  public static void givenSince(long start) {
    Current.get().waitingSince = start;
  }

  /** Adds how long the caller has waited; returns the time at which it has its connection. */
  public static long borrowed(HikariPool pool) {
    long now = ClockSource.currentTime();
    Current current = Current.get();
    long since = current.waitingSince;
    // 0 if the agent came in between.
    if (since != 0) {
      current.waitingSince = 0;
      PoolTimes times = of(pool);
      if (times != null) {
        times.wait.add(ClockSource.elapsedNanos(since, now));
      }
    }
    return now;
  }

  /** Adds how long a caller has waited in vain. */
  public static void waitedInVain(HikariPool pool, long start) {
    PoolTimes times = of(pool);
    if (times != null) {
      times.wait.add(ClockSource.elapsedNanos(start));
    }
  }

  /**
   * Adds how long a connection was used.
   *
   * @param borrowed what {@link #borrowed} returned; 0 if that was before the agent came
   */
  public static void returned(HikariPool pool, long borrowed) {
    if (borrowed != 0) {
      PoolTimes times = of(pool);
      if (times != null) {
        times.use.add(ClockSource.elapsedNanos(borrowed));
      }
    }
  }

  /** Adds how long it took to make a connection, or to fail to. */
  public static void created(String pool, long start) {
    PoolTimes times = PoolTimes.of(pool);
    if (times != null) {
      times.create.add(ClockSource.elapsedNanos(start));
    }
  }

  private static PoolTimes of(HikariPool pool) {
    return PoolTimes.of(pool.config.getPoolName());
  }
}
