/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import io.vitals.bootstrap.ConnectionPools;
import io.vitals.bootstrap.PoolReader;
import io.vitals.bootstrap.PoolState;
import java.sql.SQLException;
import org.apache.tomcat.jdbc.pool.ConnectionPool;
import org.apache.tomcat.jdbc.pool.PoolConfiguration;

/** Reads the state of a pool of Tomcat's JDBC pool; it takes the locks of two queues at most. */
public final class TomcatJdbcReader extends PoolReader<ConnectionPool> {
  /** How the name begins that a pool without one gets; a hash of the run follows. */
  private static final String MADE_UP = "Tomcat Connection Pool[";

  private static final TomcatJdbcReader READER = new TomcatJdbcReader();

  private TomcatJdbcReader() {
    super("tomcat-jdbc");
  }

  /** Notes that there is a pool. */
  public static void opened(ConnectionPool pool) {
    String name = pool.getName();
    boolean isMadeUp = name != null && name.startsWith(MADE_UP);
    ConnectionPools.opened(pool, READER, isMadeUp ? null : name, pool.getPoolProperties().getUrl());
  }

  @Override
  protected boolean read(ConnectionPool pool, PoolState into) {
    if (pool.isClosed()) {
      ConnectionPools.closed(pool);
      return false;
    }
    PoolConfiguration configuration = pool.getPoolProperties();
    into.used = pool.getActive();
    into.idle = pool.getIdle();
    into.pending = pool.getWaitCount();
    into.max = configuration.getMaxActive();
    into.idleMin = configuration.getMinIdle();
    into.idleMax = configuration.getMaxIdle();
    return true;
  }

  @Override
  protected boolean isValid(ConnectionPool pool, int timeoutMillis) throws SQLException {
    return isValid(pool.getConnection(), timeoutMillis);
  }
}
