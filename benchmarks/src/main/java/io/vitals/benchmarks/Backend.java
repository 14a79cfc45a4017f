/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An OTLP backend on the loopback address that takes everything, counts the spans of each process
 * without looking into them, and remembers what its agent says it has lost.
 */
final class Backend implements AutoCloseable {
  /** A forked JVM may ask here how many spans of a service have arrived. */
  static final String ARRIVED = "/arrived/";

  /** An empty message is OTLP's full success. */
  private final HttpServer server;

  /** The newest export that could not be read, or null. */
  private volatile Throwable failure;

  private final Map<String, Spans> byProcess = new LinkedHashMap<>();

  /** What became of the spans of a process. */
  private static final class Spans {
    long started;
    long arrived;
    final Map<String, Long> lost = new TreeMap<>();
  }

  Backend() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try {
            take(exchange);
          } catch (IOException | RuntimeException | LinkageError unreadable) {
            failure = unreadable;
          }
        });
    server.start();
  }

  /** The value of {@code otel.exporter.otlp.endpoint}. */
  String endpoint() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private void take(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.startsWith(ARRIVED)) {
      byte[] number = Long.toString(arrived(path.substring(ARRIVED.length()))).getBytes(US_ASCII);
      exchange.sendResponseHeaders(200, number.length);
      exchange.getResponseBody().write(number);
      exchange.close();
      return;
    }
    byte[] body = exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
    if (path.endsWith("/traces")) {
      traces(CodedInputStream.newInstance(body));
    } else {
      ExportMetricsServiceRequest.parseFrom(body).getResourceMetricsList().forEach(this::metrics);
    }
  }

  /** The fields are those of {@code ExportTraceServiceRequest}: resource_spans is 1. */
  private void traces(CodedInputStream in) throws IOException {
    while (enter(in, 1)) {
      int end = in.pushLimit(in.readRawVarint32());
      Resource resource = Resource.getDefaultInstance();
      long spans = 0;
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        int field = WireFormat.getTagFieldNumber(tag);
        if (field == 1) {
          resource = Resource.parseFrom(in.readByteBuffer());
        } else if (field == 2) {
          spans += scopeSpans(in);
        } else {
          in.skipField(tag);
        }
      }
      in.popLimit(end);
      spansOf(resource).arrived += spans;
    }
  }

  private static long scopeSpans(CodedInputStream in) throws IOException {
    int end = in.pushLimit(in.readRawVarint32());
    long spans = 0;
    while (enter(in, 2)) {
      in.skipRawBytes(in.readRawVarint32());
      spans++;
    }
    in.popLimit(end);
    return spans;
  }

  /** Goes to the next field with this number; false at the end of the message. */
  private static boolean enter(CodedInputStream in, int field) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == field) {
        return true;
      }
      in.skipField(tag);
    }
    return false;
  }

  private Spans spansOf(Resource resource) {
    String process =
        attribute(resource.getAttributesList(), "service.name")
            + " of process "
            + attribute(resource.getAttributesList(), "process.pid");
    return byProcess.computeIfAbsent(process, name -> new Spans());
  }

  private static String attribute(List<KeyValue> attributes, String name) {
    for (KeyValue attribute : attributes) {
      if (attribute.getKey().equals(name)) {
        return attribute.getValue().hasStringValue()
            ? attribute.getValue().getStringValue()
            : Long.toString(attribute.getValue().getIntValue());
      }
    }
    return "?";
  }

  private void metrics(ResourceMetrics metrics) {
    Spans spans = spansOf(metrics.getResource());
    for (ScopeMetrics scope : metrics.getScopeMetricsList()) {
      for (Metric metric : scope.getMetricsList()) {
        for (NumberDataPoint point : metric.getSum().getDataPointsList()) {
          switch (metric.getName()) {
            case "otel.sdk.span.started" -> {
              String result = attribute(point.getAttributesList(), "otel.span.sampling_result");
              spans.started = result.equals("DROP") ? spans.started : point.getAsInt();
            }
            case "vitals.agent.dropped", "vitals.agent.export.failures" ->
                spans.lost.put(attribute(point.getAttributesList(), "reason"), point.getAsInt());
            default -> {
              // Of no interest here.
            }
          }
        }
      }
    }
  }

  /** A line for each process that sampled spans; what it lost is as of its newest metrics. */
  List<String> report() {
    if (failure != null) {
      throw new IllegalStateException("an export cannot be read, so nothing is counted", failure);
    }
    List<String> lines = new ArrayList<>();
    byProcess.forEach(
        (process, spans) -> {
          if (spans.started > 0 || spans.arrived > 0) {
            lines.add(
                String.format(
                    "%s: %,d sampled spans, %,d arrived, lost %s",
                    process, spans.started, spans.arrived, spans.lost));
          }
        });
    return lines;
  }

  private long arrived(String service) {
    return byProcess.entrySet().stream()
        .filter(process -> process.getKey().startsWith(service + " "))
        .mapToLong(process -> process.getValue().arrived)
        .sum();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
