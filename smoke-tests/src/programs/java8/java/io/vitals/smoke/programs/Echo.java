/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service that answers with the headers it was asked with, one a line. */
final class Echo implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  Echo() throws IOException {
    // As many as meet may ask at once.
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    server.setExecutor(threads);
    server.createContext("/echo", Echo::answer);
    server.start();
  }

  /** Asks with {@code HttpURLConnection}. */
  String ask() throws IOException {
    URL url = new URL("http://localhost:" + server.getAddress().getPort() + "/echo");
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setReadTimeout(30_000);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (InputStream body = connection.getInputStream()) {
      for (int next = body.read(); next >= 0; next = body.read()) {
        text.write(next);
      }
    }
    return text.toString("UTF-8");
  }

  private static void answer(HttpExchange exchange) throws IOException {
    Map<String, String> lines = new TreeMap<>();
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      lines.put(header.getKey().toLowerCase(Locale.ROOT), String.join(" & ", header.getValue()));
    }
    StringBuilder text = new StringBuilder();
    lines.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
