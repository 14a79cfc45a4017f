/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** A page that executes the same statements as its fellows, over a connection of its own kind. */
final class AlikePage {
  /** A way to a connection. */
  interface Source {
    Connection connect() throws SQLException;
  }

  private AlikePage() {}

  /** Adds the page that executes them over the connections of a source. */
  static void page(HttpServer server, String path, Source source) {
    server.createContext(path, exchange -> serve(exchange, source));
  }

  private static void serve(HttpExchange exchange, Source source) throws IOException {
    try (Connection connection = source.connect()) {
      execute(connection);
      Warehouse.answer(exchange, 200, "done");
    } catch (SQLException | RuntimeException e) {
      e.printStackTrace();
      Warehouse.answer(exchange, 500, e.toString());
    }
  }

  /** A plain statement, a prepared one, a callable one and two batches, and one that is refused. */
  private static void execute(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeQuery("select count(*) from orders where id < 7").close();
      try {
        statement.execute("delete from nowhere");
      } catch (SQLException expected) {
        // It is to show with its code.
      }
      statement.addBatch("insert into orders values (1, 'tea')");
      statement.addBatch("delete from orders where id = 1");
      statement.executeBatch();
    }
    try (PreparedStatement prepared =
        connection.prepareStatement("SELECT item FROM orders WHERE id = ?")) {
      prepared.setInt(1, 7);
      prepared.executeQuery().close();
    }
    try (CallableStatement call = connection.prepareCall("{call abs(?)}")) {
      call.setInt(1, -7);
      call.execute();
    }
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE orders SET item = ? WHERE id = ?")) {
      for (int id = 1; id <= 3; id++) {
        update.setString(1, "tea");
        update.setInt(2, id);
        update.addBatch();
      }
      update.executeBatch();
    }
  }
}
