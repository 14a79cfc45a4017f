/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.db;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A connection to no database, for {@link QuickStatement}. */
public abstract class QuickConnection implements Connection {
  private static final Class<? extends QuickConnection> CONCRETE =
      QuickStatement.concrete(QuickConnection.class);

  private QuickMetaData metaData;

  static QuickConnection open(String url) throws SQLException {
    try {
      QuickConnection opened = CONCRETE.getDeclaredConstructor().newInstance();
      opened.metaData = QuickMetaData.of(url);
      return opened;
    } catch (ReflectiveOperationException impossible) {
      throw new SQLException(impossible);
    }
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws SQLException {
    try {
      return QuickStatement.on(this);
    } catch (ReflectiveOperationException impossible) {
      throw new SQLException(impossible);
    }
  }

  @Override
  public DatabaseMetaData getMetaData() {
    return metaData;
  }

  @Override
  public String getCatalog() {
    return "shop";
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }

  @Override
  public boolean isClosed() {
    return false;
  }

  @Override
  public void close() {}
}
