/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.peer;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/**
 * A backend that takes what any agent sends and counts it: OTLP over HTTP, Elastic's intake,
 * Datadog's local agent.
 *
 * <p>It keeps nothing. {@code GET /arrivals} tells another process what has arrived.
 */
public final class Receiver implements AutoCloseable {
  /** Agents keep one or two connections open each. */
  private static final int THREADS = 4;

  private static final String ELASTIC_VERSION = "{\"version\":\"8.19.0\"}";

  /** Names nothing that would make the tracer compute or drop on the client's side. */
  private static final String DATADOG_INFO =
      "{\"version\":\"7.70.0\",\"endpoints\":[\"/v0.4/traces\",\"/telemetry/proxy/\"],"
          + "\"client_drop_p0s\":false}";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, Receiver::thread);
  private final LongAdder traces = new LongAdder();
  private final LongAdder spans = new LongAdder();
  private final Map<String, AtomicLong> requests = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> bytes = new ConcurrentHashMap<>();

  private Receiver(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Starts one on a free port of the loopback address. */
  public static Receiver start() throws IOException {
    return new Receiver(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  /** Its base URL. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What has arrived so far. */
  public Arrivals arrivals() {
    return new Arrivals(traces.sum(), spans.sum(), copy(requests), copy(bytes));
  }

  /** What has arrived so far at the receiver with this base URL, in whatever process it runs. */
  public static Arrivals arrivals(String endpoint) throws IOException {
    try (InputStream in = URI.create(endpoint + "/arrivals").toURL().openStream()) {
      return Arrivals.parse(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/arrivals")) {
        reply(exchange, 200, "text/plain", arrivals().line());
        return;
      }
      byte[] body = exchange.getRequestBody().readAllBytes();
      requests.computeIfAbsent(path, any -> new AtomicLong()).incrementAndGet();
      bytes.computeIfAbsent(path, any -> new AtomicLong()).addAndGet(body.length);
      SpanCount count = count(path, exchange.getRequestHeaders(), body);
      traces.add(count.traces());
      spans.add(count.spans());
      answer(exchange, path);
    } catch (IOException | RuntimeException e) {
      System.err.println("receiver: " + exchange.getRequestURI() + ": " + e);
      throw e;
    }
  }

  private static SpanCount count(String path, Headers headers, byte[] body) throws IOException {
    if (path.equals("/v1/traces")) {
      return SpanCount.otlp(plain(headers, body));
    }
    if (path.equals("/intake/v2/events")) {
      return SpanCount.elastic(plain(headers, body));
    }
    return path.equals("/v0.4/traces") ? SpanCount.datadog(plain(headers, body)) : SpanCount.NONE;
  }

  private static byte[] plain(Headers headers, byte[] body) throws IOException {
    String encoding = headers.getFirst("Content-Encoding");
    if (encoding == null) {
      return body;
    }
    InputStream in = new ByteArrayInputStream(body);
    try (InputStream plain =
        encoding.equals("deflate") ? new InflaterInputStream(in) : new GZIPInputStream(in)) {
      return plain.readAllBytes();
    }
  }

  private static void answer(HttpExchange exchange, String path) throws IOException {
    if (path.startsWith("/v1/")) {
      // An empty message is OTLP's full success.
      reply(exchange, 200, "application/x-protobuf", "");
    } else if (path.equals("/intake/v2/events")) {
      reply(exchange, 202, "application/json", "");
    } else if (path.equals("/config/v1/agents")) {
      exchange.getResponseHeaders().set("Cache-Control", "max-age=300");
      reply(exchange, 200, "application/json", "{}");
    } else if (path.equals("/")) {
      reply(exchange, 200, "application/json", ELASTIC_VERSION);
    } else if (path.equals("/info")) {
      reply(exchange, 200, "application/json", DATADOG_INFO);
    } else if (path.endsWith("/traces")) {
      reply(exchange, 200, "application/json", "{\"rate_by_service\":{}}");
    } else {
      reply(exchange, 202, "application/json", "{}");
    }
  }

  private static void reply(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.US_ASCII);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static Map<String, Long> copy(Map<String, AtomicLong> counts) {
    Map<String, Long> copy = new TreeMap<>();
    counts.forEach((path, count) -> copy.put(path, count.get()));
    return copy;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "receiver");
    thread.setDaemon(true);
    return thread;
  }

  /** Runs one in a process of its own: says where it is and ends with its standard input. */
  public static void main(String[] arguments) throws IOException {
    try (Receiver receiver = start()) {
      System.out.println(receiver.endpoint());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
