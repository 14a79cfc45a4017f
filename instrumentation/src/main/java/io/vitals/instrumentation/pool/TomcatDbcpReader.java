/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import io.vitals.bootstrap.ConnectionPools;
import io.vitals.bootstrap.PoolReader;
import io.vitals.bootstrap.PoolState;
import java.sql.Connection;
import org.apache.tomcat.dbcp.dbcp2.BasicDataSource;
import org.apache.tomcat.dbcp.pool2.impl.GenericObjectPool;

/**
 * Reads the state of a pool of Tomcat's own copy of DBCP 2; the lock of its queue of idle
 * connections is never held while one is opened or closed.
 */
public final class TomcatDbcpReader extends PoolReader<GenericObjectPool<?>> {
  private static final TomcatDbcpReader READER = new TomcatDbcpReader();

  private TomcatDbcpReader() {
    super("tomcat-dbcp");
  }

  /** Notes that there is a pool. */
  public static void opened(BasicDataSource source, GenericObjectPool<?> pool) {
    if (pool != null) {
      String name = JmxNames.name(source.getJmxName());
      ConnectionPools.opened(pool, READER, name, source.getUrl());
    }
  }

  @Override
  protected boolean read(GenericObjectPool<?> pool, PoolState into) {
    if (pool.isClosed()) {
      ConnectionPools.closed(pool);
      return false;
    }
    into.used = pool.getNumActive();
    into.idle = pool.getNumIdle();
    into.pending = pool.getNumWaiters();
    into.max = pool.getMaxTotal();
    into.idleMin = pool.getMinIdle();
    into.idleMax = pool.getMaxIdle();
    return true;
  }

  @Override
  protected boolean isValid(GenericObjectPool<?> pool, int timeoutMillis) throws Exception {
    // Closed, it goes back to its pool.
    return isValid((Connection) pool.borrowObject(timeoutMillis), timeoutMillis);
  }
}
