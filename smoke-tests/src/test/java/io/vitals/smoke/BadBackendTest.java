/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the agent counts and says when a backend refuses, rejects a part, answers nonsense or goes
 * away: the traces go to the bad one, the metrics, which tell of it, to a good one.
 */
@Tag("export")
class BadBackendTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String DURATION = "http.server.request.duration";

  @Test
  void rejectedSpans_areCountedAndNotAsExported() {
    try (OtlpReceiver traces =
            OtlpReceiver.start().answer(new OtlpReceiver.Answer.Partial(1, "no room"));
        OtlpReceiver metrics = OtlpReceiver.start();
        ForkedJvm jvm = shop(traces.endpoint(), "http/protobuf", metrics).start(Program.JDK_SHOP)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      assertThat(visitor.get("/plain")).isEqualTo(200);
      traces.received().awaitSpans(spans -> servers(spans) == 1, PATIENCE);
      assertThat(visitor.get("/plain")).isEqualTo(200);
      traces.received().awaitSpans(spans -> servers(spans) == 2, PATIENCE);
      // One of each batch.
      assertRejected(jvm, traces.received(), metrics.received());
      assertThat(jvm.finish()).isZero();
      assertThat(said(jvm))
          .singleElement()
          .asString()
          .contains("1 spans", traces.endpoint(), "rejected", "no room");
    }
  }

  @Test
  void rejectedSpansOverGrpc_areCountedAndNotAsExported() {
    try (GrpcReceiver traces = GrpcReceiver.start().refuse(1, "no room");
        OtlpReceiver metrics = OtlpReceiver.start();
        ForkedJvm jvm = shop(traces.endpoint(), "grpc", metrics).start(Program.JDK_SHOP)) {
      assertThat(new Visitor(jvm.awaitPort()).get("/plain")).isEqualTo(200);
      traces.received().awaitSpans(spans -> servers(spans) == 1, PATIENCE);
      assertRejected(jvm, traces.received(), metrics.received());
      assertThat(jvm.finish()).isZero();
      assertThat(said(jvm))
          .singleElement()
          .asString()
          .contains(traces.endpoint(), "rejected", "no room");
    }
  }

  private static void assertRejected(ForkedJvm jvm, Received traces, Received metrics) {
    jvm.awaitErrorLine(Pattern.compile("rejected"));
    metrics.awaitMetric(
        "otel.sdk.exporter.span.exported",
        metric -> {
          long batches = traces.requests().size();
          return Losses.of(metrics, "traces", "rejected") == batches
              && Losses.exported(metrics, "span") == traces.spans().size() - batches;
        },
        PATIENCE);
  }

  @Test
  void rejectedDataPoints_areCounted() {
    try (OtlpReceiver receiver =
            OtlpReceiver.start().answer(new OtlpReceiver.Answer.Partial(3, "too old"));
        ForkedJvm jvm =
            Jvm.running()
                .agent("otel.traces.exporter=none")
                .exportingTo(receiver)
                .start(Program.JDK_SHOP)) {
      assertThat(new Visitor(jvm.awaitPort()).get("/plain")).isEqualTo(200);
      Received received = receiver.received();
      received.awaitMetric(
          "vitals.agent.export.failures",
          metric -> Losses.of(received, "metrics", "rejected") >= 6,
          PATIENCE);
      assertThat(jvm.finish()).isZero();
      long before = received.requests().size() - 1;
      assertThat(Losses.of(received, "metrics", "rejected")).isEqualTo(3 * before);
    }
  }

  @Test
  void warning_isPassedOnAndNothingIsLost() {
    try (OtlpReceiver traces =
            OtlpReceiver.start().answer(new OtlpReceiver.Answer.Partial(0, "use v2"));
        OtlpReceiver metrics = OtlpReceiver.start();
        ForkedJvm jvm = shop(traces.endpoint(), "http/protobuf", metrics).start(Program.JDK_SHOP)) {
      assertThat(new Visitor(jvm.awaitPort()).get("/plain")).isEqualTo(200);
      jvm.awaitErrorLine(Pattern.compile("warns.*use v2"));
      assertThat(jvm.finish()).isZero();
      assertThat(said(jvm)).hasSize(1);
      assertThat(metrics.received().metric("vitals.agent.export.failures")).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({"400, http_400", "401, http_401", "500, http_500"})
  void refusedSpans_areCountedByStatus(int status, String reason) {
    try (OtlpReceiver traces = OtlpReceiver.start().answer(new OtlpReceiver.Answer.Status(status));
        OtlpReceiver metrics = OtlpReceiver.start()) {
      assertLost(traces.endpoint(), metrics, reason);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', java.net.SocketException",
    "'no HTTP at all\r\n\r\n', java.net.ProtocolException",
  })
  void brokenConversation_isCountedByWhatBroke(String answer, String reason) throws IOException {
    try (RudeBackend backend = new RudeBackend(answer);
        OtlpReceiver metrics = OtlpReceiver.start()) {
      assertLost(backend.endpoint(), metrics, reason);
    }
  }

  /** Many a backend says "OK" to what it took: 200 is the answer, the body is not. */
  @Test
  void textForAnAnswer_isAnAnswer() throws IOException {
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n<html>OK</html>\n";
    try (RudeBackend backend = new RudeBackend(answer);
        OtlpReceiver metrics = OtlpReceiver.start();
        ForkedJvm jvm =
            shop(backend.endpoint(), "http/protobuf", metrics).start(Program.JDK_SHOP)) {
      assertThat(new Visitor(jvm.awaitPort()).get("/plain")).isEqualTo(200);
      Received received = metrics.received();
      received.awaitMetric(
          "otel.sdk.exporter.span.exported",
          metric ->
              Losses.exported(received, "span") >= 1
                  && Losses.exported(received, "span") == Losses.spans(received),
          PATIENCE);
      assertThat(jvm.finish()).isZero();
      assertThat(said(jvm)).isEmpty();
    }
  }

  /** Nothing is repeated and nothing is missing in what is cumulative. */
  @Test
  void backendThatComesBack_getsExactCounts() {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm = Jvm.running().agent().exportingTo(receiver).start(Program.JDK_SHOP)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      Received received = receiver.received();
      ask(visitor, 10);
      received.awaitMetric(DURATION, metric -> count(metric) == 10, PATIENCE);
      receiver.answer(new OtlpReceiver.Answer.Status(400));
      int before = received.requests().size();
      ask(visitor, 10);
      received.awaitRequests(requests -> requests.size() > before + 2, PATIENCE);
      ask(visitor, 10);
      receiver.answer(new OtlpReceiver.Answer.Accept());
      received.awaitMetric(DURATION, metric -> count(metric) == 30, PATIENCE);
      assertThat(received.metric(DURATION).points().get(0).startNanos())
          .isEqualTo(
              received.metrics().stream()
                  .filter(metric -> metric.name().equals(DURATION))
                  .findFirst()
                  .orElseThrow()
                  .points()
                  .get(0)
                  .startNanos());
      received.awaitMetric(
          "otel.sdk.exporter.span.exported",
          metric ->
              Losses.exported(received, "span") + Losses.of(received, "traces", "http_400")
                  == Losses.spans(received),
          PATIENCE);
      assertThat(jvm.finish()).isZero();
      assertThat(received.spans()).hasSize((int) Losses.exported(received, "span"));
      assertThat(count(received.metric(DURATION))).isEqualTo(30);
    }
  }

  private static void assertLost(String endpoint, OtlpReceiver metrics, String reason) {
    // Without the SDK's five attempts, which take ten seconds.
    Jvm command =
        shop(endpoint, "http/protobuf", metrics)
            .property("otel.java.exporter.otlp.retry.disabled", "true");
    try (ForkedJvm jvm = command.start(Program.JDK_SHOP)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      assertThat(visitor.get("/plain")).isEqualTo(200);
      jvm.awaitErrorLine(Pattern.compile(Pattern.quote(reason)));
      ask(visitor, 5);
      Losses.awaitAllSpans(metrics.received(), reason, 6);
      assertThat(count(metrics.received().metric(DURATION))).isEqualTo(6);
      assertThat(jvm.finish()).isZero();
      assertThat(said(jvm)).singleElement().asString().contains(endpoint);
    }
  }

  private static Jvm shop(String tracesEndpoint, String protocol, OtlpReceiver metrics) {
    String path = protocol.equals("grpc") ? "" : "/v1/traces";
    return Jvm.running()
        .agent()
        .exportingTo(metrics)
        .property("otel.exporter.otlp.traces.protocol", protocol)
        .property("otel.exporter.otlp.traces.endpoint", tracesEndpoint + path);
  }

  private static void ask(Visitor visitor, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(visitor.get("/plain")).isEqualTo(200);
    }
  }

  private static long count(ReceivedMetric durations) {
    return durations.points().stream().mapToLong(ReceivedMetric.Point::count).sum();
  }

  private static long servers(List<ReceivedSpan> spans) {
    return spans.stream().filter(span -> span.kind().equals("SERVER")).count();
  }

  /** What was said after the start-up line. */
  private static List<String> said(ForkedJvm jvm) {
    assertThat(jvm.err()).isNotEmpty().allMatch(line -> line.startsWith("vitals"));
    return jvm.err().subList(1, jvm.err().size());
  }
}
