/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service of the JDK's own server that the shop calls. */
public final class Warehouse implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  /** Opens it on a free port. */
  public Warehouse() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/stock", exchange -> answer(exchange, 200, "plenty"));
    server.createContext("/missing", exchange -> answer(exchange, 404, "no such thing"));
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Asks with {@code HttpURLConnection} and returns the status. */
  public int ask(String path) throws IOException {
    URL url = new URL("http://localhost:" + port() + path);
    return get(url);
  }

  /** Asks any address with {@code HttpURLConnection} and returns the status. */
  public static int get(URL url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setConnectTimeout(5000);
    connection.setReadTimeout(10000);
    int status = connection.getResponseCode();
    if (status < 400) {
      while (connection.getInputStream().read() >= 0) {
        continue;
      }
      connection.getInputStream().close();
    }
    return status;
  }

  /** Answers with text. */
  public static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    while (exchange.getRequestBody().read() >= 0) {
      continue;
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
