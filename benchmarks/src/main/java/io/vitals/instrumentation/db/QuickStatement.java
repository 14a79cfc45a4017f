/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import net.bytebuddy.ByteBuddy;

/**
 * A prepared statement that costs nothing, so that what is measured is what was woven into it.
 *
 * <p>It has the methods that a hook may touch; the rest of the interface is left out, which the JVM
 * allows of a generated subclass.
 */
public abstract class QuickStatement implements PreparedStatement {
  private static final Class<? extends QuickStatement> CONCRETE = concrete(QuickStatement.class);

  private Connection connection;

  /** How often it ran, and what the hook's observer is asked. */
  long executions;

  static QuickStatement on(Connection connection) throws ReflectiveOperationException {
    QuickStatement statement = CONCRETE.getDeclaredConstructor().newInstance();
    statement.connection = connection;
    return statement;
  }

  /** A subclass without the methods that its interface asks for. */
  static <T> Class<? extends T> concrete(Class<T> type) {
    return new ByteBuddy()
        .subclass(type)
        .name(type.getName() + "Concrete")
        .make()
        .load(type.getClassLoader())
        .getLoaded();
  }

  @Override
  public ResultSet executeQuery() {
    executions++;
    return null;
  }

  @Override
  public Connection getConnection() {
    return connection;
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }

  @Override
  public void close() {}
}
