/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import com.mchange.v2.c3p0.DriverManagerDataSource;
import com.mchange.v2.c3p0.WrapperConnectionPoolDataSource;
import com.mchange.v2.c3p0.impl.C3P0PooledConnectionPool;
import io.vitals.bootstrap.ConnectionPools;
import io.vitals.bootstrap.PoolReader;
import io.vitals.bootstrap.PoolState;
import java.sql.SQLException;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;

/**
 * Reads the state of a pool of c3p0; its monitor is never held while a connection is opened. The
 * data source's own methods would make a pool that nobody has asked for.
 */
public final class C3p0Reader extends PoolReader<C3P0PooledConnectionPool> {
  private static final C3p0Reader READER = new C3p0Reader();

  private C3p0Reader() {
    super("c3p0");
  }

  /**
   * Notes that there is a pool.
   *
   * @param token what stands for the name of a data source without one, and changes with each run
   */
  public static void opened(
      C3P0PooledConnectionPool pool, ConnectionPoolDataSource source, String token, String name) {
    if (pool != null) {
      boolean isMadeUp = name != null && name.equals(token);
      ConnectionPools.opened(pool, READER, isMadeUp ? null : name, url(source));
    }
  }

  private static String url(ConnectionPoolDataSource source) {
    if (!(source instanceof WrapperConnectionPoolDataSource)) {
      return null;
    }
    DataSource nested = ((WrapperConnectionPoolDataSource) source).getNestedDataSource();
    return nested instanceof DriverManagerDataSource
        ? ((DriverManagerDataSource) nested).getJdbcUrl()
        : null;
  }

  @Override
  protected boolean read(C3P0PooledConnectionPool pool, PoolState into) throws SQLException {
    into.used = pool.getNumBusyConnections();
    into.idle = pool.getNumIdleConnections();
    into.pending = pool.getNumThreadsAwaitingCheckout();
    return true;
  }

  @Override
  protected boolean isValid(C3P0PooledConnectionPool pool, int timeoutMillis) throws SQLException {
    // Closed, it is given back by a listener of the pool.
    return isValid(pool.checkoutPooledConnection().getConnection(), timeoutMillis);
  }
}
