/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.modular;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;

/** A shop in a named module: the JDK's server and client, and whatever driver it is given. */
public final class ModularShop {
  private ModularShop() {}

  public static void main(String[] arguments) throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    HttpClient client = HttpClient.newHttpClient();
    int port = server.getAddress().getPort();
    URI stock = URI.create("http://127.0.0.1:" + port + "/stock");
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.createContext("/stock", exchange -> answer(exchange, 200));
    server.createContext("/all", exchange -> answer(exchange, all(arguments[0], client, stock)));
    server.start();
    System.out.println("ready port=" + port);
    while (System.in.read() >= 0) {
      continue;
    }
    System.exit(0);
  }

  private static int all(String database, HttpClient client, URI stock) throws IOException {
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement()) {
      statement.executeQuery("select 1 from dual").close();
      HttpRequest request = HttpRequest.newBuilder(stock).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (SQLException | InterruptedException e) {
      System.out.println(e);
      return 500;
    }
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }
}
