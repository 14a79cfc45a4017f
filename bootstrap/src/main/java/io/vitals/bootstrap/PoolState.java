/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

/**
 * How many connections a pool has and may have, and who waits; confined to the thread that asks.
 */
public final class PoolState {
  /** What a pool does not say, or does not limit; every negative number means the same. */
  public static final int UNKNOWN = -1;

  /** Connections that callers have. */
  public int used;

  /** Connections that wait for a caller. */
  public int idle;

  /** The fewest that the pool keeps idle. */
  public int idleMin;

  /** The most that the pool keeps idle. */
  public int idleMax;

  /** The most that the pool opens. */
  public int max;

  /** Callers that wait for a connection. */
  public int pending;

  /** Makes a state of which nothing is known. */
  public PoolState() {
    clear();
  }

  /** Forgets everything. */
  public void clear() {
    used = UNKNOWN;
    idle = UNKNOWN;
    idleMin = UNKNOWN;
    idleMax = UNKNOWN;
    max = UNKNOWN;
    pending = UNKNOWN;
  }
}
