/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Reads the state of the pools of one library.
 *
 * <p>An implementation is a helper of the hook and holds no pool: one instance, in a static field
 * of its own, does for all. {@link ConnectionPools} relies on that field, as it holds the reader
 * weakly.
 *
 * @param <P> the library's type
 */
public abstract class PoolReader<P> {
  final String hook;

  /**
   * Makes a reader.
   *
   * @param hook the name of the hook, under which failures are counted
   */
  protected PoolReader(String hook) {
    this.hook = hook;
  }

  /**
   * Reads what the pool says of itself.
   *
   * <p>Called once an interval by each thread of the agent that wants to know. It must open no
   * connection and wait for none.
   *
   * @param into of which nothing is known yet
   * @return false if the pool is closed
   * @throws Exception what the pool throws; it is counted, and the pool left out this time
   */
  protected abstract boolean read(P pool, PoolState into) throws Exception;

  /**
   * Borrows a connection and asks it whether it is alive; only where somebody has asked for it.
   *
   * @param timeoutMillis what either of the two may take, as far as the pool lets itself be told
   * @throws Exception what the pool throws where it has no connection to lend
   */
  protected abstract boolean isValid(P pool, int timeoutMillis) throws Exception;

  /** The same for a connection that is given back by closing it. */
  protected static boolean isValid(Connection borrowed, int timeoutMillis) throws SQLException {
    try (Connection connection = borrowed) {
      return connection.isValid(Math.max(1, (timeoutMillis + 999) / 1000));
    }
  }
}
