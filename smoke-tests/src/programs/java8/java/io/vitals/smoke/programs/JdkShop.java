/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The shop on the JDK's own server. */
public final class JdkShop {
  /** One page of the shop: the status and what it does on the way. */
  private interface Page {
    int serve() throws IOException, SQLException;
  }

  private JdkShop() {}

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    try (Database database = new Database();
        Warehouse warehouse = new Warehouse()) {
      page(server, "/plain", () -> 200);
      page(server, "/refused", () -> 403);
      page(server, "/count", () -> database.count() == 3 ? 200 : 500);
      page(server, "/item", () -> database.item(1) == null ? 404 : 200);
      page(server, "/restock", () -> restock(database));
      page(server, "/call", () -> database.absolute(-7) == 7 ? 200 : 500);
      page(server, "/undo", () -> undo(database));
      page(server, "/broken", () -> broken(database));
      page(server, "/stock", () -> warehouse.ask("/stock?of=tea"));
      page(server, "/missing", () -> warehouse.ask("/missing"));
      page(server, "/nobody", JdkShop::nobody);
      page(server, "/all", () -> database.count() == 3 ? warehouse.ask("/stock") : 500);
      server.createContext(
          "/crash",
          exchange -> {
            throw new IllegalStateException("crash");
          });
      server.start();
      Console.serve(server.getAddress().getPort());
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  private static void page(HttpServer server, String path, Page page) {
    server.createContext(path, exchange -> serve(exchange, page));
  }

  private static void serve(HttpExchange exchange, Page page) throws IOException {
    try {
      Warehouse.answer(exchange, page.serve(), "done");
    } catch (SQLException e) {
      Warehouse.answer(exchange, 500, "the books are closed");
    }
  }

  private static int restock(Database database) throws SQLException {
    database.restock(4);
    return 200;
  }

  private static int undo(Database database) throws SQLException {
    database.undo();
    return 200;
  }

  private static int broken(Database database) {
    try {
      database.broken();
      return 200;
    } catch (SQLException e) {
      return 500;
    }
  }

  private static int nobody() throws IOException {
    try {
      return Warehouse.get(new URL("http://localhost:1/"));
    } catch (IOException e) {
      return 502;
    }
  }
}
