/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** A small OTLP/HTTP backend that keeps what it gets, and can be told to refuse or to hang. */
public final class OtlpReceiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<ExportTraceServiceRequest> traces = new CopyOnWriteArrayList<>();
  private final List<ExportMetricsServiceRequest> metrics = new CopyOnWriteArrayList<>();
  private final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> statusByPath = new ConcurrentHashMap<>();
  private final CountDownLatch hanging = new CountDownLatch(1);
  private volatile boolean hangs;

  /** Starts a receiver on a free loopback port. */
  public OtlpReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** The endpoint to configure. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers requests for this path with a status from now on. */
  public void answer(String path, int status) {
    statusByPath.put(path, status);
  }

  /** Answers nothing any more. */
  public void hang() {
    hangs = true;
  }

  /** Answers all that waits and whatever comes. */
  public void resume() {
    hangs = false;
    hanging.countDown();
  }

  private void handle(HttpExchange exchange) throws IOException {
    if (hangs) {
      awaitClose();
    }
    String path = exchange.getRequestURI().getPath();
    headers.add(Map.copyOf(exchange.getRequestHeaders()));
    byte[] body = body(exchange);
    int status = statusByPath.getOrDefault(path, 200);
    if (status == 200 && path.endsWith("/v1/traces")) {
      traces.add(ExportTraceServiceRequest.parseFrom(body));
    } else if (status == 200 && path.endsWith("/v1/metrics")) {
      metrics.add(ExportMetricsServiceRequest.parseFrom(body));
    }
    exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private void awaitClose() throws IOException {
    try {
      hanging.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    InputStream stream = exchange.getRequestBody();
    if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      stream = new GZIPInputStream(stream);
    }
    return stream.readAllBytes();
  }

  /** All spans so far. */
  public List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    for (ExportTraceServiceRequest request : traces) {
      for (ResourceSpans resource : request.getResourceSpansList()) {
        for (ScopeSpans scope : resource.getScopeSpansList()) {
          spans.addAll(scope.getSpansList());
        }
      }
    }
    return spans;
  }

  /** All metrics of this name so far, oldest first. */
  public List<Metric> metrics(String name) {
    List<Metric> found = metrics();
    found.removeIf(metric -> !metric.getName().equals(name));
    return found;
  }

  /** All metrics so far, oldest first. */
  public List<Metric> metrics() {
    List<Metric> all = new ArrayList<>();
    for (ExportMetricsServiceRequest request : metrics) {
      for (ResourceMetrics resource : request.getResourceMetricsList()) {
        for (ScopeMetrics scope : resource.getScopeMetricsList()) {
          all.addAll(scope.getMetricsList());
        }
      }
    }
    return all;
  }

  /** The resource of the first trace request. */
  public Resource resource() {
    return traces.get(0).getResourceSpans(0).getResource();
  }

  /** How many trace requests came. */
  public int traceRequests() {
    return traces.size();
  }

  /** The headers of all requests, with names as the JDK's server writes them. */
  public List<Map<String, List<String>>> headers() {
    return headers;
  }

  @Override
  public void close() {
    hanging.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
