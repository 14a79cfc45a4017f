/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;

/**
 * Pages that take a pool's connections and give them back: {@code /hold/NAME} keeps one more,
 * {@code /wait/NAME} starts a caller that wants one, {@code /release/NAME} gives one back, {@code
 * /close/NAME} closes the pool.
 */
final class HeldConnections {
  /** Does something with the pool. */
  private interface Action {
    void run() throws Exception;
  }

  private final DataSource pool;
  private final Deque<Connection> held = new ArrayDeque<>();

  private HeldConnections(DataSource pool) {
    this.pool = pool;
  }

  static void pages(HttpServer server, String name, DataSource pool) {
    HeldConnections pages = new HeldConnections(pool);
    server.createContext(
        "/hold/" + name, exchange -> serve(exchange, () -> pages.held.push(pool.getConnection())));
    server.createContext("/wait/" + name, exchange -> serve(exchange, pages::startCaller));
    server.createContext(
        "/release/" + name, exchange -> serve(exchange, () -> pages.held.pop().close()));
    server.createContext("/close/" + name, exchange -> serve(exchange, () -> close(pool)));
  }

  private static void serve(HttpExchange exchange, Action action) throws IOException {
    try {
      action.run();
      Warehouse.answer(exchange, 200, "done");
    } catch (Exception e) {
      e.printStackTrace();
      Warehouse.answer(exchange, 500, e.toString());
    }
  }

  private void startCaller() {
    Thread caller =
        new Thread(
            () -> {
              try (Connection connection = pool.getConnection()) {
                connection.isClosed();
              } catch (SQLException e) {
                e.printStackTrace();
              }
            });
    caller.setDaemon(true);
    caller.start();
  }

  /** Not every pool says that it can be closed. */
  static void close(DataSource pool) throws Exception {
    if (pool instanceof AutoCloseable) {
      ((AutoCloseable) pool).close();
    } else {
      pool.getClass().getMethod("close").invoke(pool);
    }
  }
}
