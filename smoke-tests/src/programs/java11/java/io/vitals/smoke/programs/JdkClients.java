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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A gateway on the JDK's server that passes requests on with the JDK's newer client. */
public final class JdkClients {
  private JdkClients() {}

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    try (Warehouse warehouse = new Warehouse()) {
      String stock = "http://localhost:" + warehouse.port() + "/stock?of=tea";
      server.createContext(
          "/sync", exchange -> Warehouse.answer(exchange, sync(client, stock), "done"));
      server.createContext(
          "/async", exchange -> Warehouse.answer(exchange, async(client, stock), "done"));
      server.createContext(
          "/missing",
          exchange ->
              Warehouse.answer(exchange, sync(client, stock.replace("stock", "missing")), "done"));
      server.createContext("/nobody", exchange -> nobody(client, exchange));
      server.start();
      Console.serve(server.getAddress().getPort());
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  private static HttpRequest request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10)).build();
  }

  private static int sync(HttpClient client, String url) throws IOException {
    try {
      return client.send(request(url), HttpResponse.BodyHandlers.ofString()).statusCode();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static int async(HttpClient client, String url) throws IOException {
    try {
      return client
          .sendAsync(request(url), HttpResponse.BodyHandlers.ofString())
          .thenApply(HttpResponse::statusCode)
          .get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IOException(e);
    }
  }

  private static void nobody(HttpClient client, HttpExchange exchange) throws IOException {
    int status;
    try {
      status = sync(client, "http://localhost:1/");
    } catch (IOException e) {
      status = 502;
    }
    Warehouse.answer(exchange, status, "done");
  }
}
