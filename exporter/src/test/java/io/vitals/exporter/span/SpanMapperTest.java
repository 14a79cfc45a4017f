/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.vitals.bootstrap.ClientSpan;
import io.vitals.bootstrap.Database;
import io.vitals.bootstrap.DbSpan;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;
import io.vitals.bootstrap.Trail;
import io.vitals.exporter.config.Config;
import io.vitals.exporter.db.Statements;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What a record of the bridge becomes; expectations were read off OpenTelemetry's agent 2.33.1. */
class SpanMapperTest {
  private static SpanData map(Span span) {
    return map(span, Map.of());
  }

  private static SpanData map(Span span, Map<String, String> properties) {
    return new SpanMapper(
            new SpanOptions(Config.of(null, properties, Map.of())),
            new EpochClock(),
            Resource.empty(),
            InstrumentationScopeInfo.create("io.vitals"))
        .map(span);
  }

  @Test
  void serverSpan_hasNameKindAndAttributesOfReference() {
    ServerSpan span = Spans.server();
    span.details.query = "a=b&X-Amz-Signature=secret&sig=1&x-amz-signature=6&sig";
    span.details.userAgent = "curl/8";
    span.bits |= Span.HTTPS;

    SpanData data = map(span);

    assertThat(data.getName()).isEqualTo("GET /orders/{id}");
    assertThat(data.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(data.getStatus()).isEqualTo(StatusData.unset());
    assertThat(data.getEndEpochNanos() - data.getStartEpochNanos()).isEqualTo(5_000_000);
    assertThat(Math.abs(data.getStartEpochNanos() / 1_000_000 - System.currentTimeMillis()))
        .isLessThan(2_000);
    assertThat(data.getAttributes())
        .isEqualTo(
            Attributes.builder()
                .put("http.request.method", "GET")
                .put("http.response.status_code", 200)
                .put("http.route", "/orders/{id}")
                .put("network.protocol.version", "1.1")
                .put("url.scheme", "https")
                .put("url.path", "/orders/7")
                .put("url.query", "a=b&X-Amz-Signature=REDACTED&sig=REDACTED&x-amz-signature=6&sig")
                .put("server.address", "shop.example.com")
                .put("server.port", 8080)
                .put("client.address", "10.0.0.9")
                .put("network.peer.address", "10.0.0.9")
                .put("network.peer.port", 4711)
                .put("user_agent.original", "curl/8")
                .build());
  }

  @Test
  void unknownMethod_isOtherAndKeepsOriginal() {
    ServerSpan span = Spans.server();
    span.method = "PURGE";

    SpanData data = map(span);

    assertThat(data.getName()).isEqualTo("HTTP /orders/{id}");
    assertThat(text(data, "http.request.method")).isEqualTo("_OTHER");
    assertThat(text(data, "http.request.method_original")).isEqualTo("PURGE");
    assertThat(map(span, Map.of("otel.instrumentation.http.known-methods", "PURGE")).getName())
        .isEqualTo("PURGE /orders/{id}");
  }

  @Test
  void serverWithoutRoute_isNamedByMethod() {
    ServerSpan span = Spans.server();
    span.route = null;

    assertThat(map(span).getName()).isEqualTo("GET");
  }

  @Test
  void forwardedHeader_winsOverOthers() {
    ServerSpan span = Spans.server();
    span.details.forwarded =
        "for=\"[2001:db8::1]:4711\";Proto=HTTPS;host=\"fwd.example.com:99\", for=9.9.9.9";
    span.details.forwardedFor = "1.2.3.4";
    span.details.forwardedHost = "other";

    SpanData data = map(span);

    assertThat(text(data, "client.address")).isEqualTo("2001:db8::1");
    assertThat(text(data, "url.scheme")).isEqualTo("https");
    assertThat(text(data, "server.address")).isEqualTo("fwd.example.com");
    assertThat(data.getAttributes().get(longKey("server.port"))).isEqualTo(99);
  }

  @Test
  void forwardedForHeaders_nameFirstProxysClient() {
    ServerSpan span = Spans.server();
    span.details.forwardedFor = "1.2.3.4:555, 5.6.7.8";
    span.details.forwardedProto = "https";
    span.details.forwardedHost = "xfh.example.com:77";

    SpanData data = map(span);

    assertThat(text(data, "client.address")).isEqualTo("1.2.3.4");
    assertThat(text(data, "url.scheme")).isEqualTo("https");
    assertThat(text(data, "server.address")).isEqualTo("xfh.example.com");
    assertThat(data.getAttributes().get(longKey("server.port"))).isEqualTo(77);
    span.details.forwardedFor = "2001:db8::3";
    assertThat(text(map(span), "client.address")).isEqualTo("2001:db8::3");
  }

  @Test
  void capturedHeaders_areListsUnderLowerCaseNames() {
    ServerSpan span = Spans.server();
    span.details.requestHeaders = new String[] {"v1\nv2", null};

    SpanData data =
        map(
            span,
            Map.of("otel.instrumentation.http.server.capture-request-headers", "X-In,X-Absent"));

    assertThat(data.getAttributes().get(stringArrayKey("http.request.header.x-in")))
        .containsExactly("v1", "v2");
    assertThat(data.getAttributes().get(stringArrayKey("http.request.header.x-absent"))).isNull();
  }

  @Test
  void status_followsKindOfSpan() {
    ServerSpan server = Spans.server();
    server.status(404);
    assertThat(map(server).getStatus()).isEqualTo(StatusData.unset());
    assertThat(text(map(server), "error.type")).isNull();
    server.status(503);
    assertThat(map(server).getStatus()).isEqualTo(StatusData.error());
    assertThat(text(map(server), "error.type")).isEqualTo("503");
    ClientSpan client = Spans.client("http://localhost/");
    client.status(404);
    assertThat(map(client).getStatus()).isEqualTo(StatusData.error());
    assertThat(text(map(client), "error.type")).isEqualTo("404");
  }

  @Test
  void thrownException_isUnwrappedEvent() {
    ClientSpan span = Spans.client(URI.create("http://user:secret@[::1]:8080/x?sig=1#f"));
    span.status(0);
    span.error = new CompletionException(new IOException("refused"));

    SpanData data = map(span);

    assertThat(data.getName()).isEqualTo("GET");
    assertThat(data.getStatus()).isEqualTo(StatusData.error());
    assertThat(text(data, "error.type")).isEqualTo("java.io.IOException");
    assertThat(text(data, "url.full"))
        .isEqualTo("http://REDACTED:REDACTED@[::1]:8080/x?sig=REDACTED#f");
    assertThat(text(data, "server.address")).isEqualTo("::1");
    assertThat(data.getAttributes().get(longKey("server.port"))).isEqualTo(8080);
    assertThat(data.getEvents()).hasSize(1);
    Attributes event = data.getEvents().get(0).getAttributes();
    assertThat(data.getEvents().get(0).getName()).isEqualTo("exception");
    assertThat(event.get(stringKey("exception.type"))).isEqualTo("java.io.IOException");
    assertThat(event.get(stringKey("exception.message"))).isEqualTo("refused");
    assertThat(event.get(stringKey("exception.stacktrace")))
        .startsWith("java.io.IOException: refused")
        .contains("SpanMapperTest");
  }

  @Test
  void exceptionThatThrowsFromItsGetters_isShownAllTheSame() {
    ServerSpan span = Spans.server();
    span.error = new Hostile();

    SpanData data = map(span);

    assertThat(data.getEvents().get(0).getAttributes().get(stringKey("exception.type")))
        .isEqualTo(Hostile.class.getCanonicalName());
  }

  @Test
  void stackTrace_isBounded() {
    ServerSpan span = Spans.server();
    span.error = new IllegalStateException("x".repeat(100_000));

    Attributes event = map(span).getEvents().get(0).getAttributes();

    assertThat(event.get(stringKey("exception.stacktrace"))).hasSize(ExceptionEvent.LONGEST_TRACE);
  }

  @Test
  void clientWithoutPort_showsThatOfScheme() {
    assertThat(map(Spans.client("https://h/p")).getAttributes().get(longKey("server.port")))
        .isEqualTo(443);
    assertThat(text(map(Spans.client("not a url")), "server.address")).isNull();
  }

  @Test
  void statement_isNamedBySummary() {
    DbSpan span = Spans.db();
    span.database = new Database("jdbc:postgresql://db:6543/shop", "C");
    span.sql = "select * from orders where name = 'y'";
    new Statements().of(span);
    span.error = new SQLException("broken", "42P01", 0);

    SpanData data = map(span);

    assertThat(data.getName()).isEqualTo("select orders");
    assertThat(data.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(text(data, "db.system.name")).isEqualTo("postgresql");
    assertThat(text(data, "db.namespace")).isEqualTo("shop");
    assertThat(text(data, "server.address")).isEqualTo("db");
    assertThat(text(data, "db.query.text")).isEqualTo("select * from orders where name = ?");
    assertThat(text(data, "db.query.summary")).isEqualTo("select orders");
    assertThat(text(data, "error.type")).isEqualTo("42P01");
    assertThat(text(data, "db.response.status_code")).isEqualTo("42P01");
    assertThat(data.getStatus()).isEqualTo(StatusData.error());
  }

  @Test
  void vendorCode_isErrorTypeOfStatement() {
    DbSpan span = Spans.db();
    span.error = new SQLException("broken", "23505", 1062);

    assertThat(text(map(span), "error.type")).isEqualTo("1062");
    assertThat(map(span).getName()).isEqualTo("other_sql");
  }

  @Test
  void commit_isNamedByItsOperationAlone() {
    DbSpan span = Spans.db();
    span.database = new Database("jdbc:h2:mem:shop", "C");
    span.operation = "COMMIT";

    assertThat(map(span).getName()).isEqualTo("COMMIT");
    assertThat(text(map(span), "db.operation.name")).isEqualTo("COMMIT");
  }

  @Test
  void textThatWasNotAnalysed_isNeverShown() {
    DbSpan span = Spans.db();
    span.sql = "select 'secret'";

    assertThat(map(span).getAttributes().toString()).doesNotContain("secret");
  }

  @Test
  void ids_traceStateAndParentAreKept() {
    ServerSpan span = Spans.server();
    span.parentSpanId = 0x00f067aa0ba902b7L;
    span.bits |= Span.REMOTE_PARENT;
    span.trail = new Trail();
    span.trail.traceState = "a=1,b=2";
    span.trail.leftOut = 3;

    SpanData data = map(span);

    assertThat(data.getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(data.getSpanId()).isEqualTo("b7ad6b7169203331");
    assertThat(data.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
    assertThat(data.getParentSpanContext().isRemote()).isTrue();
    assertThat(data.getSpanContext().isSampled()).isTrue();
    assertThat(data.getSpanContext().getTraceState().get("b")).isEqualTo("2");
    assertThat(data.getAttributes().get(longKey("vitals.spans.left_out"))).isEqualTo(3);
  }

  @Test
  void child_liesWithinItsRoot() {
    ServerSpan root = Spans.server();
    DbSpan child = Spans.db();
    child.root = root;
    child.startNanos = root.startNanos + 1;
    child.endNanos = root.endNanos - 1;

    SpanData outer = map(root);
    SpanMapper mapper =
        new SpanMapper(
            new SpanOptions(Config.of(null, Map.of(), Map.of())),
            new EpochClock(),
            Resource.empty(),
            InstrumentationScopeInfo.create("io.vitals"));
    SpanData sameClock = mapper.map(root);
    SpanData inner = mapper.map(child);

    assertThat(inner.getStartEpochNanos()).isEqualTo(sameClock.getStartEpochNanos() + 1);
    assertThat(inner.getEndEpochNanos()).isEqualTo(sameClock.getEndEpochNanos() - 1);
    assertThat(outer.getEvents()).isEmpty();
  }

  @Test
  void limits_cutAttributesAndSayHowManyThereWere() {
    SpanData data =
        map(
            Spans.server(),
            Map.of(
                "otel.span.attribute.count.limit", "3", "otel.attribute.value.length.limit", "2"));

    assertThat(data.getAttributes().size()).isEqualTo(3);
    assertThat(data.getTotalAttributeCount()).isGreaterThan(8);
    assertThat(text(data, "http.request.method")).isEqualTo("GE");
  }

  @Test
  void peerService_isMappedByHostAndPort() {
    SpanData data =
        map(
            Spans.client("http://pay:8080/"),
            Map.of(
                "otel.instrumentation.common.peer-service-mapping", "pay=other,pay:8080=payment"));

    assertThat(text(data, "peer.service")).isEqualTo("payment");
  }

  private static String text(SpanData data, String key) {
    AttributeKey<String> typed = stringKey(key);
    return data.getAttributes().get(typed);
  }

  /** Fails wherever it is asked. */
  private static final class Hostile extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new IllegalStateException("no cause");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("no text");
    }
  }
}
