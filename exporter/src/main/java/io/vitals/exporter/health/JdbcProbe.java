/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.health;

import io.vitals.bootstrap.ConnectionPools;
import io.vitals.bootstrap.OpenPool;
import io.vitals.exporter.metric.PoolNames;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Asks a connection of a pool that the application has made whether it is alive.
 *
 * <p>Neither a pool nor a driver may be interrupted: some close what they share with others.
 */
final class JdbcProbe implements Probe {
  /** Null for the only pool that there is. */
  private final String name;

  private final long timeoutNanos;

  /** Reads each URL once; an attempt begins only when the one before has ended. */
  private final PoolNames names = new PoolNames();

  JdbcProbe(String name, long timeoutNanos) {
    this.name = name;
    this.timeoutNanos = timeoutNanos;
  }

  @Override
  public void run() throws ProbeFailure {
    OpenPool<?> pool = pool();
    boolean valid;
    try {
      valid = pool.isValid((int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeoutNanos)));
    } catch (Exception thrown) {
      throw ProbeFailure.of(thrown, timeoutNanos);
    }
    if (!valid) {
      throw new ProbeFailure("invalid", "the connection is not valid");
    }
  }

  private OpenPool<?> pool() throws ProbeFailure {
    TreeSet<String> there = new TreeSet<>();
    OpenPool<?> found = null;
    for (OpenPool<?> each : ConnectionPools.open()) {
      String called = names.of(each);
      there.add(called);
      if (name == null || name.equals(called)) {
        found = each;
      }
    }
    if (found == null || name == null && there.size() > 1) {
      String asked = name == null ? "no single pool" : "no pool " + name;
      throw new ProbeFailure("no_pool", asked + ", there are: " + String.join(", ", there));
    }
    return found;
  }

  @Override
  public void cancel() {}
}
