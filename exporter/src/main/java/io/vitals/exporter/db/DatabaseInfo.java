/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.db;

import io.vitals.bootstrap.Database;

/** What spans and metrics say of a database. */
public final class DatabaseInfo {
  static final DatabaseInfo UNKNOWN = new DatabaseInfo("other_sql", null, null, 0);

  /** The value of {@code db.system.name}. */
  public final String system;

  /** The value of {@code db.namespace}, or null. */
  public final String namespace;

  /** The value of {@code server.address}, or null. */
  public final String address;

  /** The value of {@code server.port}; 0 if it is unknown or the system's default. */
  public final int port;

  DatabaseInfo(String system, String namespace, String address, int port) {
    this.system = system;
    this.namespace = namespace;
    this.address = address;
    this.port = port;
  }

  /** What is known of {@code database}, which may be null. */
  public static DatabaseInfo of(Database database) {
    return UNKNOWN;
  }
}
