/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import com.alibaba.druid.pool.DruidDataSource;
import io.vitals.bootstrap.ConnectionPools;
import io.vitals.bootstrap.PoolReader;
import io.vitals.bootstrap.PoolState;
import java.sql.SQLException;

/** Reads the state of a pool of Druid, whose lock is held while the pool starts and is closed. */
public final class DruidReader extends PoolReader<DruidDataSource> {
  private static final DruidReader READER = new DruidReader();

  private DruidReader() {
    super("alibaba-druid");
  }

  /** Notes that there is a pool. */
  public static void opened(Object pool, String name) {
    if (pool instanceof DruidDataSource) {
      DruidDataSource opened = (DruidDataSource) pool;
      ConnectionPools.opened(opened, READER, name, opened.getUrl());
    }
  }

  @Override
  protected boolean read(DruidDataSource pool, PoolState into) {
    if (pool.isClosed()) {
      ConnectionPools.closed(pool);
      return false;
    }
    into.used = pool.getActiveCount();
    into.idle = pool.getPoolingCount();
    into.pending = pool.getWaitThreadCount();
    into.max = pool.getMaxActive();
    into.idleMin = pool.getMinIdle();
    into.idleMax = pool.getMaxIdle();
    return true;
  }

  @Override
  protected boolean isValid(DruidDataSource pool, int timeoutMillis) throws SQLException {
    return isValid(pool.getConnection(timeoutMillis), timeoutMillis);
  }
}
