/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import com.zaxxer.hikari.pool.HikariPool;
import io.vitals.bootstrap.ConnectionPools;
import io.vitals.bootstrap.PoolReader;
import io.vitals.bootstrap.PoolState;
import java.sql.SQLException;

/** Reads the state of a pool of HikariCP, which takes no lock. */
public final class HikariReader extends PoolReader<HikariPool> {
  private static final HikariReader READER = new HikariReader();

  private HikariReader() {
    super("hikaricp");
  }

  /** Notes that there is a pool, unless it is on its way out. */
  public static void opened(HikariPool pool) {
    if (pool.poolState != HikariPool.POOL_SHUTDOWN) {
      ConnectionPools.opened(pool, READER, pool.config.getPoolName(), pool.config.getJdbcUrl());
    }
  }

  /** Counts a caller that has waited in vain. */
  public static void timedOut(HikariPool pool) {
    ConnectionPools.timedOut(pool.config.getPoolName());
  }

  @Override
  protected boolean read(HikariPool pool, PoolState into) {
    if (pool.poolState == HikariPool.POOL_SHUTDOWN) {
      ConnectionPools.closed(pool);
      return false;
    }
    into.used = pool.getActiveConnections();
    into.idle = pool.getIdleConnections();
    into.pending = pool.getThreadsAwaitingConnection();
    into.max = pool.config.getMaximumPoolSize();
    into.idleMin = pool.config.getMinimumIdle();
    return true;
  }

  @Override
  protected boolean isValid(HikariPool pool, int timeoutMillis) throws SQLException {
    return isValid(pool.getConnection(timeoutMillis), timeoutMillis);
  }
}
