/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One page for each way in which the JDK's clients are used and its server answers. */
public final class HttpCases {
  private final HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.ALWAYS)
          .build();
  private final String base;

  private HttpCases(ExecutorService threads) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    base = "http://localhost:" + server.getAddress().getPort();
  }

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    ExecutorService threads = Executors.newCachedThreadPool();
    HttpCases cases = new HttpCases(threads);
    cases.pages(threads);
    cases.server.start();
    Console.serve(cases.server.getAddress().getPort());
    cases.server.stop(0);
    threads.shutdownNow();
  }

  /** A page that is 200 if this returns true, and 500 otherwise. */
  private interface Case {
    boolean passes() throws Exception;
  }

  private void page(String path, Case work) {
    server.createContext(
        path,
        exchange -> {
          boolean passed;
          try {
            passed = work.passes();
          } catch (Exception failed) {
            passed = false;
          }
          answer(exchange, passed ? 200 : 500);
        });
  }

  private void pages(ExecutorService threads) {
    server.createContext("/ok", exchange -> answer(exchange, 200));
    server.createContext("/gone", exchange -> answer(exchange, 410));
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().set("Location", base + "/ok");
          answer(exchange, 302);
        });
    server.createContext("/late", exchange -> threads.execute(() -> answer(exchange, 202)));
    server.createContext(
        "/throws",
        exchange -> {
          throw new IllegalStateException("thrown");
        });
    page("/connection/get", () -> open("/ok").getResponseCode() == 200);
    page("/connection/redirect", () -> open("/moved").getResponseCode() == 200);
    page("/connection/gone", () -> open("/gone").getResponseCode() == 410);
    page("/connection/post", () -> post(open("/ok")).getResponseCode() == 200);
    page(
        "/connection/stream",
        () -> {
          HttpURLConnection connection = open("/ok");
          connection.setChunkedStreamingMode(0);
          return post(connection).getResponseCode() == 200;
        });
    page("/connection/twice", this::twice);
    page("/connection/unread", () -> post(open("/ok")) != null);
    page("/connection/refused", this::refused);
    page("/client/sync", () -> send("/ok").statusCode() == 200);
    page("/client/redirect", () -> send("/moved").statusCode() == 200);
    page("/client/gone", () -> send("/gone").statusCode() == 410);
    page("/client/async", () -> async("/ok").get().statusCode() == 200);
    page("/client/late", () -> async("/late").get().statusCode() == 202);
    page("/client/invisible", this::invisible);
    page("/client/cancelled", this::cancelled);
  }

  private static void answer(HttpExchange exchange, int status) {
    try {
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(status, -1);
    } catch (IOException gone) {
      // The visitor has gone.
    }
    exchange.close();
  }

  private HttpURLConnection open(String path) throws IOException {
    return (HttpURLConnection) new URL(base + path).openConnection();
  }

  private static HttpURLConnection post(HttpURLConnection connection) throws IOException {
    connection.setDoOutput(true);
    try (OutputStream body = connection.getOutputStream()) {
      body.write(1);
    }
    return connection;
  }

  private boolean twice() throws IOException {
    HttpURLConnection connection = open("/ok");
    connection.connect();
    try (InputStream first = connection.getInputStream();
        InputStream second = connection.getInputStream()) {
      return first == second;
    }
  }

  private boolean refused() {
    try {
      ((HttpURLConnection) new URL("http://localhost:1/").openConnection()).getInputStream();
      return false;
    } catch (IOException expected) {
      return true;
    }
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).build();
  }

  private HttpResponse<Void> send(String path) throws IOException, InterruptedException {
    return client.send(request(path), HttpResponse.BodyHandlers.discarding());
  }

  private CompletableFuture<HttpResponse<Void>> async(String path) {
    return client.sendAsync(request(path), HttpResponse.BodyHandlers.discarding());
  }

  private boolean invisible() throws IOException, InterruptedException {
    HttpRequest request = request("/ok");
    HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
    return request.headers().map().isEmpty() && response.request().headers().map().isEmpty();
  }

  private boolean cancelled() {
    CompletableFuture<?> future =
        client.sendAsync(
            HttpRequest.newBuilder(URI.create("http://localhost:1/")).build(),
            HttpResponse.BodyHandlers.discarding());
    return future.cancel(true) || future.isDone();
  }
}
