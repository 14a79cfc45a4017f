/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.db;

import io.vitals.bootstrap.Database;

/**
 * What spans and metrics say of a database, read once out of its connection URL.
 *
 * <p>Immutable. {@link #of} is for the drain thread alone; it parses a URL once and keeps the
 * result in {@link Database#parsed}.
 */
public final class DatabaseInfo {
  /** What is said where nothing is known. */
  static final DatabaseInfo UNKNOWN = new DatabaseInfo("other_sql", null, null, 0);

  /** The value of {@code db.system.name}. */
  public final String system;

  /** The value of {@code db.namespace}, or null. */
  public final String namespace;

  /** The value of {@code server.address}, or null where the database is in this process. */
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
    if (database == null) {
      return UNKNOWN;
    }
    Object parsed = database.parsed;
    if (parsed == null) {
      parsed = database.parsed = parse(database);
    }
    return (DatabaseInfo) parsed;
  }

  private static DatabaseInfo parse(Database database) {
    String byClass = DatabaseSystem.ofClass(database.connectionClass);
    if (database.url == null) {
      return new DatabaseInfo(byClass, null, null, 0);
    }
    try {
      DatabaseInfo info = new JdbcUrl(database.url, database.user).info();
      return info.system.equals(UNKNOWN.system) && !byClass.equals(UNKNOWN.system)
          ? new DatabaseInfo(byClass, info.namespace, info.address, info.port)
          : info;
    } catch (RuntimeException unreadable) {
      return new DatabaseInfo(byClass, null, null, 0);
    }
  }
}
