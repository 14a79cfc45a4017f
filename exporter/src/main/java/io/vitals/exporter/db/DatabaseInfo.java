/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.db;

import io.vitals.bootstrap.Database;

/** What a connection URL says of a database. */
public final class DatabaseInfo {
  public final String system;
  public final String namespace;
  public final String address;
  public final int port;

  DatabaseInfo(String system, String namespace, String address, int port) {
    this.system = system;
    this.namespace = namespace;
    this.address = address;
    this.port = port;
  }

  /** The facts of a database, read once. */
  public static DatabaseInfo of(Database database) {
    return database.parsed instanceof DatabaseInfo
        ? (DatabaseInfo) database.parsed
        : new DatabaseInfo("other_sql", null, null, 0);
  }
}
