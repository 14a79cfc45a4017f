/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

/** What is known of a connection's database; one object a URL, shared by its connections. */
public final class Database {
  /** The connection URL as the driver took it, or null; it may hold credentials. */
  public final String url;

  /** The class name of the connection, from which the system is told where there is no URL. */
  public final String connectionClass;

  /** The user name given beside the URL, or null; PostgreSQL's default schema. */
  public final String user;

  /** What the drain thread has read out of the URL; nobody else's business. */
  public Object parsed;

  /** Makes a database of what a driver was given. */
  public Database(String url, String connectionClass) {
    this(url, null, connectionClass);
  }

  /** Makes a database of what a driver was given, the user name beside the URL included. */
  public Database(String url, String user, String connectionClass) {
    this.url = url;
    this.user = user;
    this.connectionClass = connectionClass;
  }
}
