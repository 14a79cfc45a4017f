/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A pool of HikariCP with two connections, which pages hold, wait for and give back; and one whose
 * callers do not wait long.
 */
public final class HikariShop {
  private HikariShop() {}

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (HikariDataSource orders = pool("orders", 2, 120_000);
        HikariDataSource impatient = pool("impatient", 1, 250)) {
      HeldConnections.pages(server, "orders", orders);
      server.createContext("/impatient", exchange -> impatient(exchange, impatient));
      server.start();
      Console.serve(server.getAddress().getPort());
    } finally {
      server.stop(0);
    }
  }

  private static HikariDataSource pool(String name, int size, long patienceMillis) {
    HikariDataSource pool = new HikariDataSource();
    pool.setPoolName(name);
    pool.setJdbcUrl("jdbc:h2:mem:" + name);
    pool.setUsername("sa");
    pool.setPassword("");
    pool.setMaximumPoolSize(size);
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(patienceMillis);
    return pool;
  }

  /** A caller that waits in vain for a second connection. */
  private static void impatient(HttpExchange exchange, HikariDataSource pool) throws IOException {
    try (Connection held = pool.getConnection();
        Connection second = pool.getConnection()) {
      Warehouse.answer(exchange, 500, held + " and " + second);
    } catch (SQLException expected) {
      Warehouse.answer(exchange, 200, expected.getMessage());
    }
  }
}
