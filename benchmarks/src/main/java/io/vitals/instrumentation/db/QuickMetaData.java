/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.db;

import java.sql.DatabaseMetaData;

/** What agents ask a {@link QuickConnection} for its database. */
public abstract class QuickMetaData implements DatabaseMetaData {
  private static final Class<? extends QuickMetaData> CONCRETE =
      QuickStatement.concrete(QuickMetaData.class);

  private String url;

  static QuickMetaData of(String url) throws ReflectiveOperationException {
    QuickMetaData made = CONCRETE.getDeclaredConstructor().newInstance();
    made.url = url;
    return made;
  }

  @Override
  public String getURL() {
    return url;
  }

  @Override
  public String getUserName() {
    return "shop";
  }

  @Override
  public String getDatabaseProductName() {
    return "PostgreSQL";
  }
}
