/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The connection pools that the application has made, for whoever reads them once an interval.
 *
 * <p>Keeps neither a pool nor a class loader: the pool is held weakly, and so is its reader, whose
 * class lives exactly as long as the class loader of the library's class that is woven.
 *
 * <p>Thread-safe; a lock is taken once for each name that has a time-out. Cost: a copy of the array
 * when a pool is made or closed; what a connection costs says {@link PoolTimes}.
 */
public final class ConnectionPools {
  /** Far more than an application with a pool for each tenant; further ones are counted only. */
  static final int MOST = 512;

  private static final OpenPool<?>[] NONE = {};
  private static final AtomicReference<OpenPool<?>[]> OPEN = new AtomicReference<>(NONE);
  private static final AtomicLong REFUSED = new AtomicLong();

  /** By the pool's name, so that a pool that is closed takes none away. */
  private static final ConcurrentHashMap<String, AtomicLong> TIMEOUTS = new ConcurrentHashMap<>();

  private ConnectionPools() {}

  /**
   * Notes that there is a pool; once more has no effect.
   *
   * @param reader the one instance of its class, see {@link PoolReader}
   * @param name what it is called, or null if the library made up a name that changes with each run
   * @param url the connection URL, or null
   */
  public static <P> void opened(P pool, PoolReader<P> reader, String name, String url) {
    OpenPool<?>[] before;
    OpenPool<?>[] after;
    do {
      before = OPEN.get();
      if (holds(before, pool)) {
        return;
      }
      after = without(null, before, 1);
      if (after.length > MOST) {
        refuse();
        return;
      }
      after[after.length - 1] = new OpenPool<>(pool, reader, name, url);
    } while (!OPEN.compareAndSet(before, after));
  }

  /** Notes that a pool is closed. */
  public static void closed(Object pool) {
    OpenPool<?>[] before;
    do {
      before = OPEN.get();
      if (!holds(before, pool)) {
        return;
      }
    } while (!OPEN.compareAndSet(before, without(pool, before, 0)));
  }

  /** Counts a caller that has waited in vain, on its thread; it has time for a look-up. */
  public static void timedOut(String name) {
    AtomicLong count = TIMEOUTS.get(name);
    if (count == null) {
      if (TIMEOUTS.size() >= MOST) {
        refuse();
        return;
      }
      AtomicLong fresh = new AtomicLong();
      count = TIMEOUTS.putIfAbsent(name, fresh);
      if (count == null) {
        count = fresh;
      }
    }
    count.incrementAndGet();
  }

  /** How many callers have waited in vain since the start, by the pool's name. */
  public static Map<String, AtomicLong> timeouts() {
    return TIMEOUTS;
  }

  /** The pools that are not known to be closed or gone; not to be changed. */
  public static OpenPool<?>[] open() {
    return OPEN.get();
  }

  /** Counts something of a pool that finds no place. */
  static void refuse() {
    REFUSED.incrementAndGet();
  }

  /** How many pools, callers that waited in vain, or durations found no place. */
  public static long refused() {
    return REFUSED.get();
  }

  private static boolean holds(OpenPool<?>[] pools, Object sought) {
    for (OpenPool<?> each : pools) {
      if (each.get() == sought) {
        return true;
      }
    }
    return false;
  }

  /** The pools that are still there but for one, with room behind them. */
  private static OpenPool<?>[] without(Object closed, OpenPool<?>[] pools, int room) {
    OpenPool<?>[] rest = new OpenPool<?>[pools.length + room];
    int count = 0;
    for (OpenPool<?> each : pools) {
      Object pool = each.get();
      if (pool != null && pool != closed) {
        rest[count++] = each;
      }
    }
    return Arrays.copyOf(rest, count + room);
  }
}
