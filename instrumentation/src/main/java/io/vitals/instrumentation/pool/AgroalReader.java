/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import io.agroal.pool.ConnectionHandler;
import io.agroal.pool.ConnectionPool;
import io.vitals.bootstrap.ConnectionPools;
import io.vitals.bootstrap.PoolReader;
import io.vitals.bootstrap.PoolState;
import java.lang.reflect.Field;
import java.sql.SQLException;

/**
 * Reads the state of a pool of Agroal, which has no name and takes no lock.
 *
 * <p>Its own count of what is used stays 0 where its metrics are off, as they are unless asked for;
 * so the connections are counted by their states, which have no accessor.
 */
public final class AgroalReader extends PoolReader<ConnectionPool> {
  private static final AgroalReader READER = new AgroalReader();

  private AgroalReader() {
    super("agroal");
  }

  /** Notes that there is a pool. */
  public static void opened(ConnectionPool pool) {
    ConnectionPools.opened(
        pool, READER, null, pool.getConfiguration().connectionFactoryConfiguration().jdbcUrl());
  }

  @Override
  protected boolean read(ConnectionPool pool, PoolState into) throws ReflectiveOperationException {
    into.used = 0;
    into.idle = 0;
    Field connections = field(ConnectionPool.class, "allConnections");
    Field state = field(ConnectionHandler.class, "state");
    for (Object connection : (Iterable<?>) connections.get(pool)) {
      String name = ((Enum<?>) state.get(connection)).name();
      if (name.equals("CHECKED_OUT")) {
        into.used++;
      } else if (name.equals("CHECKED_IN") || name.equals("VALIDATION")) {
        into.idle++;
      }
    }
    into.pending = (int) pool.awaitingCount();
    into.max = pool.getConfiguration().maxSize();
    return true;
  }

  /** Found anew each time: twice a second is seldom. */
  private static Field field(Class<?> of, String name) throws NoSuchFieldException {
    Field field = of.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  @Override
  protected boolean isValid(ConnectionPool pool, int timeoutMillis) throws SQLException {
    return isValid(pool.getConnection(), timeoutMillis);
  }
}
