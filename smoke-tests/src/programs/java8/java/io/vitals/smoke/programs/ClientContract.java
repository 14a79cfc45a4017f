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
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A gateway that sends with the client under contract what it is told to, by the headers {@code
 * To}, {@code Method} and {@code Timeout}, and answers with the status or the exception it got.
 *
 * @param <R> the client's requests
 */
final class ClientContract<R> {
  /** As many requests meet at the peer at once. */
  private static final int THREADS = 104;

  private final ContractClient<R> client;

  private ClientContract(ContractClient<R> client) {
    this.client = client;
  }

  static <R> void serve(ContractClient<R> client) throws Exception {
    Console.quiet();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    server.setExecutor(threads);
    ClientContract<R> contract = new ClientContract<>(client);
    for (String way : new String[] {"/send", "/alone", "/again", "/then", "/alone-then", "/own"}) {
      server.createContext(way, exchange -> answer(exchange, () -> contract.call(way, exchange)));
    }
    server.start();
    Console.serve(server.getAddress().getPort());
    Leaks.print(threads, THREADS);
    server.stop(0);
    threads.shutdownNow();
  }

  private Object call(String way, HttpExchange exchange) throws Exception {
    URI url = URI.create(exchange.getRequestHeaders().getFirst("To"));
    String method = exchange.getRequestHeaders().getFirst("Method");
    if (way.equals("/own")) {
      return client.own(method, url);
    }
    int timeoutMillis = Integer.parseInt(exchange.getRequestHeaders().getFirst("Timeout"));
    switch (way) {
      case "/alone":
        return alone(() -> client.send(client.request(method, url, timeoutMillis)));
      case "/again":
        R request = client.request(method, url, timeoutMillis);
        client.send(request);
        return client.send(request);
      case "/then":
        return then(method, url, timeoutMillis);
      case "/alone-then":
        return alone(() -> then(method, url, timeoutMillis));
      default:
        return client.send(client.request(method, url, timeoutMillis));
    }
  }

  /** On a thread that knows of no request. */
  private static Object alone(Callable<Object> work) throws Exception {
    Object[] result = new Object[1];
    Thread thread = new Thread(() -> result[0] = run(work), "alone");
    thread.start();
    thread.join();
    return result[0];
  }

  private static Object run(Callable<Object> work) {
    try {
      return work.call();
    } catch (Exception e) {
      return e;
    }
  }

  /** Two requests, the second one in the callback of the first. */
  private Object then(String method, URI url, int timeoutMillis) throws Exception {
    // A task would bring its trace along, wherever the callback runs.
    Object[] second = new Object[1];
    client.send(
        client.request(method, url, timeoutMillis),
        () -> second[0] = client.send(client.request(method, url, timeoutMillis)));
    return second[0];
  }

  private static void answer(HttpExchange exchange, Callable<Object> work) throws IOException {
    Object result = run(work);
    String text = result instanceof Exception ? result.getClass().getName() : result.toString();
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
