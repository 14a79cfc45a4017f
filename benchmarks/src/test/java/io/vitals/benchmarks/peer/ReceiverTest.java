/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The receiver takes what each agent sends and counts it. */
class ReceiverTest {
  private Receiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = Receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void otlp_countsSpansAndServerSpans() throws IOException {
    assertThat(post("/v1/traces", otlp(3, 2), Map.of())).isEqualTo(200);
    assertThat(post("/v1/traces", gzip(otlp(1, 4)), Map.of("Content-Encoding", "gzip")))
        .isEqualTo(200);
    assertThat(post("/v1/metrics", new byte[7], Map.of())).isEqualTo(200);
    Arrivals arrivals = receiver.arrivals();
    assertThat(arrivals.traces()).isEqualTo(4);
    assertThat(arrivals.spans()).isEqualTo(10);
    assertThat(arrivals.requests()).isEqualTo(Map.of("/v1/metrics", 1L, "/v1/traces", 2L));
    assertThat(arrivals.bytes()).containsEntry("/v1/metrics", 7L);
  }

  @Test
  void elastic_countsTransactions() throws IOException {
    byte[] events =
        "{\"metadata\":{}}\n{\"span\":{}}\n{\"transaction\":{}}\n{\"metricset\":{}}\n"
            .getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(deflated)) {
      out.write(events);
    }
    Map<String, String> headers = Map.of("Content-Encoding", "deflate");
    assertThat(post("/intake/v2/events", deflated.toByteArray(), headers)).isEqualTo(202);
    assertThat(receiver.arrivals().traces()).isEqualTo(1);
    assertThat(receiver.arrivals().spans()).isEqualTo(2);
    assertThat(get("/")).contains("\"version\"");
    assertThat(get("/config/v1/agents")).isEqualTo("{}");
  }

  @Test
  void datadog_countsSpansAndThoseOfServers() throws IOException {
    byte[] traces =
        ("\u00a8trace_id\u00a9span.kind\u00a6server\u00a8trace_id\u00a9span.kind\u00a6client"
                + "\u00a8\u00a8trace_id\u00a9\u00a9span.kind\u00a6server")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(post("/v0.4/traces", traces, Map.of())).isEqualTo(200);
    assertThat(receiver.arrivals().traces()).isEqualTo(2);
    assertThat(receiver.arrivals().spans()).isEqualTo(3);
    assertThat(get("/info")).contains("/v0.4/traces");
  }

  @Test
  void arrivals_areToldToOtherProcesses() throws IOException {
    post("/v1/traces", otlp(1, 0), Map.of());
    Arrivals before = receiver.arrivals();
    post("/v1/traces", otlp(2, 1), Map.of());
    assertThat(Receiver.arrivals(receiver.endpoint())).isEqualTo(receiver.arrivals());
    Arrivals since = Receiver.arrivals(receiver.endpoint()).since(before);
    assertThat(since.traces()).isEqualTo(2);
    assertThat(since.spans()).isEqualTo(3);
    assertThat(since.allRequests()).isEqualTo(1);
    assertThat(since.allBytes()).isEqualTo(otlp(2, 1).length);
  }

  @Test
  void aTruncatedRequest_isRefusedRatherThanCounted() {
    byte[] whole = otlp(1, 1);
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    assertThatThrownBy(() -> SpanCount.otlp(half)).hasMessageContaining("no protobuf");
  }

  private static byte[] otlp(int servers, int clients) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (int i = 0; i < servers + clients; i++) {
      scope.addSpans(
          Span.newBuilder()
              .setName("span")
              .setStartTimeUnixNano(Long.MAX_VALUE)
              .setFlags(1)
              .setKind(
                  i < servers ? Span.SpanKind.SPAN_KIND_SERVER : Span.SpanKind.SPAN_KIND_CLIENT)
              .addAttributes(
                  KeyValue.newBuilder()
                      .setKey("ratio")
                      .setValue(AnyValue.newBuilder().setDoubleValue(0.5))));
    }
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(Resource.newBuilder().setDroppedAttributesCount(2))
                .addScopeSpans(scope)
                .addScopeSpans(ScopeSpans.newBuilder().setSchemaUrl("schema")))
        .build()
        .toByteArray();
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    }
    return bytes.toByteArray();
  }

  private int post(String path, byte[] body, Map<String, String> headers) throws IOException {
    HttpURLConnection connection = open(path);
    headers.forEach(connection::setRequestProperty);
    connection.setDoOutput(true);
    connection.getOutputStream().write(body);
    return connection.getResponseCode();
  }

  private String get(String path) throws IOException {
    try (InputStream in = open(path).getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private HttpURLConnection open(String path) throws IOException {
    return (HttpURLConnection) URI.create(receiver.endpoint() + path).toURL().openConnection();
  }
}
