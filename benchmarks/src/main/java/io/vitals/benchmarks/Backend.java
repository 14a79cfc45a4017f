/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks;

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
  /** An empty message is OTLP's full success. */
  private final HttpServer server;

  private final Map<String, Spans> byProcess = new LinkedHashMap<>();

  /** What became of the spans of a process. */
  private static final class Spans {
    long started;
    long arrived;
    final Map<String, Long> lost = new TreeMap<>();
  }

  Backend() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  /** The value of {@code otel.exporter.otlp.endpoint}. */
  String endpoint() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
    if (exchange.getRequestURI().getPath().endsWith("/traces")) {
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

  /** A line for each process that sampled spans. */
  List<String> report() {
    List<String> lines = new ArrayList<>();
    byProcess.forEach(
        (process, spans) -> {
          if (spans.started > 0) {
            lines.add(
                String.format(
                    "%s: %,d sampled spans, %,d arrived, lost %s",
                    process, spans.started, spans.arrived, spans.lost));
          }
        });
    return lines;
  }

  /** Whether there is a process that sampled spans of which none arrived. */
  boolean missesAll() {
    return byProcess.values().stream().anyMatch(spans -> spans.started > 0 && spans.arrived == 0);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
