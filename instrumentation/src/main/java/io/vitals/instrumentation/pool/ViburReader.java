/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import io.vitals.bootstrap.ConnectionPools;
import io.vitals.bootstrap.PoolReader;
import io.vitals.bootstrap.PoolState;
import java.sql.SQLException;
import org.vibur.dbcp.ViburDBCPDataSource;
import org.vibur.objectpool.PoolService;

/** Reads the state of a pool of Vibur, which takes no lock and does not say who waits. */
public final class ViburReader extends PoolReader<ViburDBCPDataSource> {
  private static final ViburReader READER = new ViburReader();

  private ViburReader() {
    super("vibur-dbcp");
  }

  /** Notes that there is a pool. */
  public static void opened(ViburDBCPDataSource pool) {
    ConnectionPools.opened(pool, READER, pool.getName(), pool.getJdbcUrl());
  }

  @Override
  protected boolean read(ViburDBCPDataSource source, PoolState into) {
    PoolService<?> pool = source.getPool();
    if (pool.isTerminated()) {
      ConnectionPools.closed(source);
      return false;
    }
    into.used = pool.taken();
    into.idle = pool.remainingCreated();
    into.max = pool.maxSize();
    return true;
  }

  @Override
  protected boolean isValid(ViburDBCPDataSource pool, int timeoutMillis) throws SQLException {
    return isValid(pool.getConnection(), timeoutMillis);
  }
}
