/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitals.smoke.HttpClientContract.Call;
import io.vitals.smoke.HttpClientContract.Fixture;
import io.vitals.smoke.HttpClientContract.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every HTTP client passes; a client joins by naming a {@link Fixture}. */
@Tag("clients")
class HttpClientContractTest {
  @TempDir static Path folder;
  private static HttpPeer peer;

  @BeforeAll
  static void startPeer() throws Exception {
    peer = new HttpPeer(folder);
  }

  @AfterAll
  static void stopPeer() throws IOException {
    peer.close();
  }

  static Stream<Arguments> clients() {
    return Arrays.stream(Fixture.values())
        .flatMap(
            fixture ->
                Arrays.stream(fixture.versions)
                    .mapToObj(version -> Arguments.of(fixture, version)));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void client_keepsTheContract(Fixture fixture, int version) throws Exception {
    HttpClientContract contract = new HttpClientContract(fixture, peer);
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm = contract.start(Jvm.version(version).agent(), receiver)) {
      contract.make();
      assertThat(contract.kept.values()).as(contract.kept.toString()).containsOnly("true");
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.out()).contains("spans on threads: 0");
      assertThat(jvm.noise()).isEmpty();
      Received received = receiver.received();
      List<HttpPeer.Asked> asked = peer.asked();
      for (Call call : contract.calls) {
        check(fixture, call, received, asked);
      }
      unsampled(contract.unsampled, received, asked);
      details(fixture, received.spans());
      reached(fixture, contract, asked);
      counted(received);
      assertThat(received.metric("vitals.agent.hook.failures")).isNull();
      assertThat(received.metric("vitals.agent.hooks.refused")).isNull();
    }
  }

  private static void check(
      Fixture fixture, Call call, Received received, List<HttpPeer.Asked> asked) {
    List<ReceivedSpan> spans = new ArrayList<>();
    StringBuilder shape = new StringBuilder();
    for (TraceTree tree : received.traces()) {
      ReceivedSpan root = tree.span();
      if (root.traceId().equals(call.traceId())) {
        assertThat(root.parentId()).isEqualTo("b7ad6b7169203331");
      } else if (call.alone() && call.url().equals(root.attribute("url.full"))) {
        assertThat(root.parentId()).isEmpty();
      } else {
        continue;
      }
      shape.append(tree.shape());
      collect(tree, spans);
    }
    assertThat(shape).as(call.toString()).hasToString(call.shape());
    spans.removeIf(span -> !span.kind().equals("CLIENT"));
    if (call.url().contains("then?")) {
      // The callback is no part of the call that it waited for.
      assertThat(spans.get(1).startNanos())
          .as(call.toString())
          .isGreaterThanOrEqualTo(spans.get(0).endNanos());
    }
    if (call.outcome() != null) {
      spans.forEach(span -> check(fixture, call, span));
    }
    if (answered(call)) {
      List<String> seen = new ArrayList<>();
      for (HttpPeer.Asked one : asked) {
        if (spans.stream().anyMatch(span -> one.parent().startsWith(span.traceId()))) {
          seen.add(one.parent());
        }
      }
      assertThat(spans)
          .as(call.toString())
          .extracting(span -> span.traceId() + "-" + span.spanId())
          .isNotEmpty()
          .hasSameElementsAs(seen);
    }
  }

  private static boolean answered(Call call) {
    return call.outcome() != null && call.outcome().status() > 0 && !call.url().endsWith("/half");
  }

  private static void collect(TraceTree tree, List<ReceivedSpan> spans) {
    spans.add(tree.span());
    tree.children().forEach(child -> collect(child, spans));
  }

  private static void check(Fixture fixture, Call call, ReceivedSpan span) {
    Outcome outcome = call.outcome();
    URI url = URI.create(call.url());
    assertThat(span.attributes())
        .as(call.toString())
        .containsEntry("server.address", "localhost")
        .containsEntry("server.port", (long) url.getPort())
        .containsEntry(
            "url.full",
            call.url().replace("me:secret@", "REDACTED:REDACTED@").replace("=secret", "=REDACTED"));
    assertThat(span.attribute("http.request.method"))
        .isEqualTo(call.method().equals("BREW") ? "_OTHER" : call.method());
    assertThat(span.attribute("http.response.status_code"))
        .as(span.toString())
        .isEqualTo(outcome.status() == 0 ? null : Integer.toString(outcome.status()));
    assertThat(span.attribute("error.type")).as(span.toString()).isEqualTo(outcome.error());
    assertThat(span.status())
        .as(span.toString())
        .isEqualTo(outcome.error() == null ? "UNSET" : "ERROR");
    boolean thrown = outcome.error() != null && outcome.error().contains(".");
    assertThat(span.events()).hasSize(thrown ? 1 : 0);
    if (answered(call)) {
      assertThat(span.attribute("network.protocol.version"))
          .as(span.toString())
          .isEqualTo(fixture.http2() ? "2" : "1.1");
      assertThat(span.attributes())
          .as(span.toString())
          .containsEntry("http.request.header.x-question", fixture.captured("first", "second"))
          .containsEntry("http.response.header.x-answer", fixture.captured("one", "two"));
    }
  }

  private static void unsampled(String traceId, Received received, List<HttpPeer.Asked> asked) {
    assertThat(received.spans()).noneMatch(span -> span.traceId().equals(traceId));
    assertThat(asked)
        .filteredOn(one -> one.traceparent().contains(traceId))
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.traceparent())
                    .startsWith("00-")
                    .endsWith("-00")
                    .doesNotContain("b7ad6b7169203331"));
  }

  private static void details(Fixture fixture, List<ReceivedSpan> spans) {
    if (fixture.traits.anyMethod()) {
      assertThat(spans)
          .filteredOn(span -> span.name().equals("HTTP"))
          .singleElement()
          .satisfies(
              span ->
                  assertThat(span.attributes())
                      .containsEntry("http.request.method_original", "BREW"));
    }
    assertThat(spans)
        .filteredOn(span -> "java.net.ConnectException".equals(span.attribute("error.type")))
        .singleElement()
        .satisfies(
            span ->
                assertThat(span.events().get(0).attributes())
                    .containsEntry("exception.type", "java.net.ConnectException")
                    .containsKey("exception.stacktrace"));
  }

  /** What the peer saw of a few calls. */
  private static void reached(
      Fixture fixture, HttpClientContract contract, List<HttpPeer.Asked> all) {
    List<HttpPeer.Asked> asked =
        all.stream()
            .filter(
                one ->
                    contract.calls.stream().anyMatch(c -> one.traceparent().contains(c.traceId())))
            .toList();
    assertThat(asked)
        .filteredOn(one -> one.path().equals("/kept"))
        .hasSize(HttpClientContract.KEPT_ALIVE)
        .extracting(HttpPeer.Asked::from)
        .containsOnly(asked.get(0).from());
    assertThat(asked)
        .filteredOn(one -> one.path().equals("/meet"))
        .hasSize(HttpClientContract.WAYS_THAT_MEET);
    assertThat(asked)
        .filteredOn(one -> one.method().equals("POST") || one.method().equals("PUT"))
        .hasSizeGreaterThanOrEqualTo(2)
        .allMatch(one -> one.bytes() == 9);
    assertThat(asked)
        .allMatch(one -> one.tracestate().equals("vendor=1"))
        .allMatch(one -> one.baggage().equals("who=me"))
        .extracting(HttpPeer.Asked::protocol)
        .containsOnly(fixture.http2() ? "HTTP/2.0" : "HTTP/1.1");
  }

  /** Each call counts, the one without a span, too. */
  private static void counted(Received received) {
    long spans = received.spans().stream().filter(span -> span.kind().equals("CLIENT")).count();
    assertThat(
            received.metric("http.client.request.duration").points().stream()
                .mapToLong(ReceivedMetric.Point::count)
                .sum())
        .isEqualTo(spans + 1);
  }
}
