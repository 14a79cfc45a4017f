/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Enumeration;
import javax.sql.DataSource;

/** The ways to a connection: the driver manager, a pool, the driver's own data source. */
final class Connections implements AutoCloseable {
  /** As many as {@link ThreadSituations#CROWD} needs at once, and one for who waits for them. */
  private static final int MOST = ThreadSituations.CROWD + 1;

  private final String url;
  private final String user;
  private final String password;
  private HikariDataSource pool;

  /** Takes URL, user, password, and {@code driver}, {@code hikari} or {@code touchy}. */
  Connections(String... arguments) throws Exception {
    url = arguments[0];
    user = arguments[1];
    password = arguments[2];
    Class.forName(System.getProperty("contract.driver"));
    if (arguments[3].equals("touchy")) {
      Enumeration<Driver> drivers = DriverManager.getDrivers();
      while (drivers.hasMoreElements()) {
        DriverManager.deregisterDriver(drivers.nextElement());
      }
      Class<?> driver = Class.forName(System.getProperty("contract.driver"));
      DriverManager.registerDriver(
          new TouchyDriver((Driver) driver.getDeclaredConstructor().newInstance()));
    } else if (arguments[3].equals("hikari")) {
      pool = pool();
    }
  }

  private HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    // Full from the start: one that grows on demand now and then lets a thread of the crowd wait
    // half a minute for its turn, without an agent as well.
    config.setMaximumPoolSize(MOST);
    return new HikariDataSource(config);
  }

  /** A connection as the fixture wants it. */
  Connection open() throws SQLException {
    return pool == null ? DriverManager.getConnection(url, user, password) : pool.getConnection();
  }

  /** A connection of the driver's own data source. */
  Connection ofSource() throws Exception {
    Object source =
        Class.forName(System.getProperty("contract.source")).getDeclaredConstructor().newInstance();
    String[] setter = System.getProperty("contract.source.setter", "setUrl=" + url).split("=", 2);
    Method set = source.getClass().getMethod(setter[0], String.class);
    set.invoke(source, setter[1]);
    return user.isEmpty()
        ? ((DataSource) source).getConnection()
        : ((DataSource) source).getConnection(user, password);
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.close();
    }
  }
}
