/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import com.google.protobuf.Message;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** An OTLP backend over HTTP or HTTPS and protobuf on a free port of the loopback address. */
final class OtlpReceiver implements AutoCloseable {
  /** How a receiver treats a request. */
  sealed interface Answer {
    /** Takes the data and says so. */
    record Accept() implements Answer {}

    /** Takes nothing and answers that status. */
    record Status(int code) implements Answer {}

    /** Takes the data and answers after a while. */
    record Delay(Duration pause) implements Answer {}

    /** Never answers. */
    record Hang() implements Answer {}

    /** Takes the data and says that so many spans were refused. */
    record Partial(long refused, String message) implements Answer {}
  }

  private final Received received = new Received();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Answer answer = new Answer.Accept();

  private OtlpReceiver(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  static OtlpReceiver start() {
    try {
      return new OtlpReceiver(HttpServer.create(anyPort(), 0));
    } catch (IOException e) {
      throw new IllegalStateException("no receiver", e);
    }
  }

  /** One over TLS that asks for the client's certificate if {@code mutual}. */
  static OtlpReceiver startSecure(SSLContext context, boolean mutual) {
    try {
      HttpsServer server = HttpsServer.create(anyPort(), 0);
      server.setHttpsConfigurator(
          new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
              SSLParameters asked = context.getDefaultSSLParameters();
              asked.setNeedClientAuth(mutual);
              parameters.setSSLParameters(asked);
            }
          });
      return new OtlpReceiver(server);
    } catch (IOException e) {
      throw new IllegalStateException("no receiver", e);
    }
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** The value of {@code otel.exporter.otlp.endpoint}. */
  String endpoint() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return scheme + "://127.0.0.1:" + server.getAddress().getPort();
  }

  Received received() {
    return received;
  }

  /** Changes how requests are treated from now on. */
  OtlpReceiver answer(Answer answer) {
    this.answer = answer;
    return this;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new TreeMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
      String path = exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      Answer now = answer;
      int status = now instanceof Answer.Status refusal ? refusal.code() : 200;
      if (status < 400) {
        take(path, "gzip".equals(headers.get("content-encoding")) ? unzip(body) : body);
      }
      received.request(
          new Received.Request(path.substring(path.lastIndexOf('/') + 1), headers, body.length));
      pause(now);
      reply(exchange, status, now);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(String path, byte[] body) throws IOException {
    switch (path) {
      case "/v1/traces" ->
          received.addSpans(ExportTraceServiceRequest.parseFrom(body).getResourceSpansList());
      case "/v1/metrics" ->
          received.addMetrics(ExportMetricsServiceRequest.parseFrom(body).getResourceMetricsList());
      case "/v1/logs" ->
          received.addLogs(ExportLogsServiceRequest.parseFrom(body).getResourceLogsList());
      default -> throw new IOException("not a path of OTLP: " + path);
    }
  }

  private void pause(Answer now) throws InterruptedException {
    if (now instanceof Answer.Delay delay) {
      closed.await(delay.pause().toMillis(), TimeUnit.MILLISECONDS);
    } else if (now instanceof Answer.Hang) {
      closed.await();
    }
  }

  private static void reply(HttpExchange exchange, int status, Answer now) throws IOException {
    Message message = ExportTraceServiceResponse.getDefaultInstance();
    if (now instanceof Answer.Partial partial) {
      message =
          ExportTraceServiceResponse.newBuilder()
              .setPartialSuccess(
                  ExportTracePartialSuccess.newBuilder()
                      .setRejectedSpans(partial.refused())
                      .setErrorMessage(partial.message()))
              .build();
    }
    byte[] body = message.toByteArray();
    exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] unzip(byte[] body) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return in.readAllBytes();
    }
  }
}
