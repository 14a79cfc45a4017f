/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource.Builder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.vitals.bootstrap.ClientSpan;
import io.vitals.bootstrap.Database;
import io.vitals.bootstrap.DbSpan;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;
import io.vitals.bootstrap.Trail;
import io.vitals.exporter.config.Config;
import io.vitals.exporter.db.Statements;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the encoder writes is what the SDK's marshaler writes of the same spans. */
class SpanEncoderTest {
  private static final Resource RESOURCE =
      Resource.create(
          Attributes.builder()
              .put("service.name", "shop")
              .put("process.pid", 4711)
              .put("share", 0.25)
              .put("truth", true)
              .put("process.command_args", "java", "-jar", "größe.jar")
              .put(AttributeKey.longArrayKey("numbers"), 1L, -1L, Long.MAX_VALUE)
              .build(),
          "https://opentelemetry.io/schemas/1.44.0");

  private static final InstrumentationScopeInfo SCOPE =
      InstrumentationScopeInfo.builder("io.vitals")
          .setVersion("1.0")
          .setSchemaUrl("https://opentelemetry.io/schemas/1.44.0")
          .build();

  private final EpochClock clock = new EpochClock();
  private final List<Throwable> failures = new ArrayList<>();
  private Map<String, String> properties = Map.of();

  @Test
  void spansOfEveryKind_areThoseOfTheSdk() throws IOException {
    ServerSpan server = Spans.server();
    server.details.query = "a=b&sig=1";
    server.details.userAgent = "größter Browser \uD83D\uDE00";
    server.parentSpanId = 0x00f067aa0ba902b7L;
    server.bits |= Span.REMOTE_PARENT | Span.HTTPS;
    server.trail = new Trail();
    server.trail.traceState = "vendor=1,other=x";
    server.trail.leftOut = 300;
    ClientSpan client = Spans.client("https://me:secret@shop.example.com/a?b=c");
    client.root = server;
    client.parentSpanId = server.spanId;
    client.status(503);
    DbSpan statement = Spans.db();
    statement.root = server;
    statement.parentSpanId = server.spanId;
    statement.database = new Database("jdbc:postgresql://db:5433/shop", "org.postgresql.Driver");
    statement.sql = "select * from orders where id = 7";
    new Statements().of(statement);
    DbSpan failed = Spans.db();
    failed.error = new IllegalStateException("fällt um\nzweite Zeile", new RuntimeException("x"));

    assertSame(List.of(server, client, statement, failed));
  }

  @Test
  void empty_isWrittenAsTheSdkWritesIt() throws IOException {
    ServerSpan bare = Spans.server();
    bare.details = null;
    bare.route = "";
    ClientSpan unknown = Spans.client("");

    assertSame(List.of(bare, unknown));
  }

  @Test
  void limits_countWhatTheyLeaveOut() throws IOException {
    properties =
        Map.of(
            "otel.span.attribute.count.limit", "2",
            "otel.span.attribute.value.length.limit", "5");
    ServerSpan failed = Spans.server();
    failed.error = new IllegalStateException("a long message");

    assertSame(List.of(failed, Spans.client("http://localhost/")));
  }

  @Test
  void capturedHeaders_areArrays() throws IOException {
    properties =
        Map.of("otel.instrumentation.http.server.capture-request-headers", "X-Question,X-None");
    ServerSpan server = Spans.server();
    server.details.requestHeaders = new String[] {"first\nsecond", null};

    assertSame(List.of(server));
  }

  @Test
  void batchLargerThanTheBuffer_isWhole() throws IOException {
    List<Span> batch = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      ServerSpan server = Spans.server();
      server.spanId = i + 1;
      batch.add(server);
    }

    assertSame(batch);
  }

  @Test
  void spanWhoseFactsCannotBeRead_isLeftOutAlone() throws IOException {
    Object broken =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("not today");
          }
        };
    ServerSpan before = Spans.server();
    ServerSpan after = Spans.server();
    after.spanId = 77;
    ProtoWriter out = new ProtoWriter();

    int written =
        encoder().encode(List.of(before, Spans.client(broken), after), out, failures::add);

    assertThat(written).isEqualTo(2);
    assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
    assertThat(sorted(ExportTraceServiceRequest.parseFrom(out.toByteArray())))
        .isEqualTo(sorted(bySdk(List.of(before, after))));
  }

  @Test
  void writer_isUsedAgain() throws IOException {
    ProtoWriter out = new ProtoWriter();
    encoder().encode(List.of(Spans.server(), Spans.db()), out, failures::add);
    out.clear();
    ServerSpan server = Spans.server();

    encoder().encode(List.of(server), out, failures::add);

    assertThat(sorted(ExportTraceServiceRequest.parseFrom(out.toByteArray())))
        .isEqualTo(sorted(bySdk(List.of(server))));
  }

  @Test
  void span_costsTheExportNoBytesButThoseOfItsUrl() {
    List<Span> batch = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      DbSpan statement = Spans.db();
      statement.database = new Database("jdbc:postgresql://db:5433/shop", "org.postgresql.Driver");
      statement.sql = "select * from orders where id = 7";
      new Statements().of(statement);
      batch.add(statement);
      batch.add(Spans.server());
      batch.add(Spans.client("http://stock.example.com/items/" + i));
      batch.add(Spans.method("com.example.Orders.place"));
    }
    SpanEncoder encoder = encoder();
    ProtoWriter out = new ProtoWriter();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      out.clear();
      encoder.encode(batch, out, failures::add);
      long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      least = Math.min(least, after - before);
    }
    assertThat(least / batch.size())
        .as("for time beside bytes: -Dbenchmarks=SpanEncoderBenchmark, see benchmarks/README.md")
        .isLessThanOrEqualTo(8);
  }

  private void assertSame(List<Span> spans) throws IOException {
    SpanEncoder encoder = encoder();
    assertSame(spans, encoder);
    // Now it remembers the attributes.
    assertSame(spans, encoder);
  }

  private void assertSame(List<Span> spans, SpanEncoder encoder) throws IOException {
    ProtoWriter out = new ProtoWriter();
    int written = encoder.encode(spans, out, failures::add);
    assertThat(failures).isEmpty();
    assertThat(written).isEqualTo(spans.size());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    out.writeTo(bytes);
    assertThat(bytes.size()).isEqualTo(out.size());
    assertThat(sorted(ExportTraceServiceRequest.parseFrom(bytes.toByteArray())))
        .isEqualTo(sorted(bySdk(spans)));
  }

  private SpanOptions options() {
    return new SpanOptions(Config.of(null, properties, Map.of()));
  }

  private SpanEncoder encoder() {
    return new SpanEncoder(options(), clock, RESOURCE, SCOPE);
  }

  private ExportTraceServiceRequest bySdk(List<Span> spans) throws IOException {
    SpanMapper mapper = new SpanMapper(options(), clock, RESOURCE, SCOPE);
    List<SpanData> data = spans.stream().map(mapper::map).toList();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TraceRequestMarshaler.create(data).writeBinaryTo(bytes);
    return ExportTraceServiceRequest.parseFrom(bytes.toByteArray());
  }

  /** The order of attributes means nothing. */
  private static ExportTraceServiceRequest sorted(ExportTraceServiceRequest request) {
    ExportTraceServiceRequest.Builder sorted = request.toBuilder();
    sorted
        .getResourceSpansBuilderList()
        .forEach(
            spans -> {
              Builder resource = spans.getResourceBuilder();
              List<KeyValue> attributes = byKey(resource.getAttributesList());
              resource.clearAttributes().addAllAttributes(attributes);
              spans
                  .getScopeSpansBuilderList()
                  .forEach(
                      scope ->
                          scope.getSpansBuilderList().forEach(SpanEncoderTest::sortAttributes));
            });
    return sorted.build();
  }

  private static void sortAttributes(io.opentelemetry.proto.trace.v1.Span.Builder span) {
    List<KeyValue> attributes = byKey(span.getAttributesList());
    span.clearAttributes().addAllAttributes(attributes);
    span.getEventsBuilderList()
        .forEach(
            event -> {
              List<KeyValue> ofEvent = byKey(event.getAttributesList());
              event.clearAttributes().addAllAttributes(ofEvent);
            });
  }

  private static List<KeyValue> byKey(List<KeyValue> attributes) {
    return attributes.stream().sorted(Comparator.comparing(KeyValue::getKey)).toList();
  }
}
