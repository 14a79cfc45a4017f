/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long the connections of a pool took to be made, were waited for, and were used.
 *
 * <p>Kept by the pool's name, not by the pool: so nothing here leads to an object of the
 * application, pools of one name are one series, and a pool that is made anew goes on where the one
 * before it ended.
 *
 * <p>Any thread may call. Cost: a look-up in a hash table; 9 KB for each name.
 */
public final class PoolTimes {
  private static final ConcurrentHashMap<String, PoolTimes> BY_NAME = new ConcurrentHashMap<>();

  /** From the wish for a new connection until it is ready, or has failed. */
  public final TimeCounts create = new TimeCounts();

  /** From a caller's wish until it has a connection, or gives up. */
  public final TimeCounts wait = new TimeCounts();

  /** From when a caller has a connection until it gives it back. */
  public final TimeCounts use = new TimeCounts();

  private PoolTimes() {}

  /** The times of the pools with a name; null if there are too many names, which is counted. */
  public static PoolTimes of(String name) {
    PoolTimes times = BY_NAME.get(name);
    return times != null ? times : added(name);
  }

  private static PoolTimes added(String name) {
    if (BY_NAME.size() >= ConnectionPools.MOST) {
      ConnectionPools.refuse();
      return null;
    }
    PoolTimes fresh = new PoolTimes();
    PoolTimes there = BY_NAME.putIfAbsent(name, fresh);
    return there == null ? fresh : there;
  }

  /** All that there are, by the pool's name. */
  public static Map<String, PoolTimes> all() {
    return BY_NAME;
  }
}
