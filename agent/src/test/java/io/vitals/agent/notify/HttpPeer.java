/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A real HTTP server on loopback that keeps what it got and answers as it is told. */
final class HttpPeer implements AutoCloseable {
  /** A request as it arrived. */
  record Got(String method, String path, Map<String, String> headers, String body) {
    JsonElement json() {
      return JsonParser.parseString(body);
    }

    JsonObject object() {
      return json().getAsJsonObject();
    }
  }

  private record Answer(int status, String header, String value) {}

  private final HttpServer server;
  private final List<Got> got = new ArrayList<>();
  private final ArrayDeque<Answer> answers = new ArrayDeque<>();

  HttpPeer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** The next answer; 200 when there is none left. */
  synchronized HttpPeer answer(int status) {
    answers.add(new Answer(status, null, null));
    return this;
  }

  synchronized HttpPeer answer(int status, String header, String value) {
    answers.add(new Answer(status, header, value));
    return this;
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    Answer answer;
    synchronized (this) {
      got.add(
          new Got(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              headers,
              new String(body, StandardCharsets.UTF_8)));
      answer = answers.isEmpty() ? new Answer(200, null, null) : answers.poll();
      notifyAll();
    }
    if (answer.header() != null) {
      exchange.getResponseHeaders().add(answer.header(), answer.value());
    }
    exchange.sendResponseHeaders(answer.status(), -1);
    exchange.close();
  }

  synchronized List<Got> got() {
    return List.copyOf(got);
  }

  /** Waits for so many requests, at most twenty seconds. */
  synchronized List<Got> await(int count) {
    long end = System.nanoTime() + 20_000_000_000L;
    try {
      while (got.size() < count && System.nanoTime() < end) {
        wait(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return got();
  }

  synchronized Got only() {
    if (got.size() != 1) {
      throw new AssertionError("expected one request, got " + got);
    }
    return got.get(0);
  }

  synchronized Got last() {
    return got.get(got.size() - 1);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
