/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Takes what the OpenAPI description of Alertmanager's API v2 allows, answers 400 to anything else,
 * and keeps alerts by their labels until they end.
 */
final class StrictAlertmanager implements AlertmanagerPeer {
  private static final Set<String> FIELDS =
      Set.of("labels", "annotations", "startsAt", "endsAt", "generatorURL");

  private final Map<String, JsonObject> alerts = new LinkedHashMap<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  StrictAlertmanager() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
  }

  private void serve(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int status = 200;
    try {
      need(exchange.getRequestURI().getPath().equals("/api/v2/alerts"), "another path");
      need(exchange.getRequestMethod().equals("POST"), "another method");
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      need(type != null && type.startsWith("application/json"), "another type: " + type);
      List<JsonObject> items = AlertmanagerPeer.items(body);
      items.forEach(StrictAlertmanager::check);
      synchronized (alerts) {
        items.forEach(each -> alerts.put(each.get("labels").toString(), each));
      }
    } catch (RuntimeException broken) {
      refused.add(broken + " in " + body);
      status = 400;
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static void check(JsonObject alert) {
    need(FIELDS.containsAll(alert.keySet()), "fields " + alert.keySet());
    texts(alert.getAsJsonObject("labels"));
    need(alert.getAsJsonObject("labels").has("alertname"), "no alertname");
    if (alert.has("annotations")) {
      texts(alert.getAsJsonObject("annotations"));
    }
    need(!time(alert, "endsAt").isBefore(time(alert, "startsAt")), "it ends before it starts");
  }

  private static void texts(JsonObject map) {
    for (Map.Entry<String, JsonElement> each : map.entrySet()) {
      need(each.getKey().matches("[a-zA-Z_][a-zA-Z0-9_]*"), "the name " + each.getKey());
      need(each.getValue().getAsJsonPrimitive().isString(), "no text: " + each);
    }
  }

  private static OffsetDateTime time(JsonObject alert, String field) {
    try {
      return OffsetDateTime.parse(alert.get(field).getAsString());
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(field + " is not of RFC 3339", e);
    }
  }

  private static void need(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  @Override
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public String what() {
    return "a server that checks the form of API v2, since no Alertmanager is installed";
  }

  @Override
  public List<JsonObject> active() {
    List<JsonObject> active = new ArrayList<>();
    synchronized (alerts) {
      for (JsonObject alert : alerts.values()) {
        if (time(alert, "endsAt").isAfter(OffsetDateTime.now())) {
          active.add(alert);
        }
      }
    }
    return active;
  }

  @Override
  public List<String> refused() {
    return refused;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
