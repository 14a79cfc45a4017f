/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches a backend, and what a bad backend does to the program: nothing. */
@Tag("export")
class ExportTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The most that a backend which does not answer may add to the program's end. */
  private static final Duration FAREWELL = Duration.ofSeconds(7);

  @Test
  void gzipAndHeaders_areHonoured() {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      Jvm jvm =
          shop(receiver)
              .property("otel.exporter.otlp.compression", "gzip")
              .property("otel.exporter.otlp.headers", "api-key=a%20b,tenant=7");
      runOneRequest(jvm);
      assertThat(receiver.received().requests())
          .isNotEmpty()
          .allMatch(request -> "gzip".equals(request.headers().get("content-encoding")))
          .allMatch(request -> "a b".equals(request.headers().get("api-key")))
          .allMatch(request -> "7".equals(request.headers().get("tenant")));
      assertThat(servers(receiver.received())).hasSize(1);
    }
  }

  @Test
  void grpc_carriesTracesAndMetrics() {
    try (GrpcReceiver receiver = GrpcReceiver.start()) {
      Jvm jvm =
          Jvm.running()
              .agent()
              .exportingTo(receiver.endpoint(), "grpc")
              .property("otel.exporter.otlp.headers", "api-key=secret");
      runOneRequest(jvm);
      assertThat(servers(receiver.received())).hasSize(1);
      assertThat(receiver.received().metric("http.server.request.duration").points()).hasSize(1);
      assertThat(receiver.received().requests())
          .allMatch(request -> "secret".equals(request.headers().get("api-key")));
    }
  }

  @Test
  void endpointOfOneSignal_isUsedAsItStands() {
    try (OtlpReceiver all = OtlpReceiver.start();
        OtlpReceiver traces = OtlpReceiver.start()) {
      runOneRequest(
          shop(all)
              .property("otel.exporter.otlp.traces.endpoint", traces.endpoint() + "/v1/traces"));
      assertThat(servers(traces.received())).hasSize(1);
      assertThat(all.received().spans()).isEmpty();
      assertThat(all.received().metric("http.server.request.duration")).isNotNull();
      assertThat(traces.received().metrics()).isEmpty();
    }
  }

  @Test
  void shortRun_stillSendsItsMetrics() {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      runOneRequest(shop(receiver).property("otel.metric.export.interval", "60000"));
      Received received = receiver.received();
      ReceivedMetric duration = received.metric("http.server.request.duration");
      assertThat(duration.type()).isEqualTo("HISTOGRAM");
      assertThat(duration.unit()).isEqualTo("s");
      assertThat(duration.points())
          .singleElement()
          .matches(point -> point.count() == 1)
          .matches(point -> point.bounds().get(0) == 0.005)
          .matches(point -> point.buckets().stream().mapToLong(Long::longValue).sum() == 1);
      assertThat(received.metric("http.server.request.duration.percentile").points())
          .extracting(point -> point.attributes().get("quantile"))
          .containsExactlyInAnyOrder(0.5, 0.9, 0.95, 0.99, 0.999);
      assertThat(received.metric("jvm.memory.used").points()).isNotEmpty();
    }
  }

  @Test
  void sigterm_flushesWhatIsPending() {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            shop(receiver)
                .property("otel.bsp.schedule.delay", "60000")
                .property("otel.metric.export.interval", "60000")
                .start(Program.JDK_SHOP)) {
      assertThat(new Visitor(jvm.awaitPort()).get("/plain")).isEqualTo(200);
      assertThat(jvm.terminate()).isEqualTo(ForkedJvm.TERMINATED);
      assertThat(servers(receiver.received())).hasSize(1);
      assertThat(receiver.received().metric("http.server.request.duration").points())
          .singleElement()
          .matches(point -> point.count() == 1);
    }
  }

  @Test
  void deadBackend_isNamedOnceAndHoldsNothingUp() {
    try (ForkedJvm jvm =
        Jvm.running()
            .agent()
            .exportingTo("http://127.0.0.1:1", "http/protobuf")
            .start(Program.JDK_SHOP)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      for (int i = 0; i < 20; i++) {
        assertThat(visitor.get("/plain")).isEqualTo(200);
      }
      jvm.awaitErrorLine(Pattern.compile("127\\.0\\.0\\.1:1\\b"));
      assertThat(end(jvm)).isLessThan(FAREWELL);
      assertThat(jvm.err()).allMatch(line -> line.startsWith("vitals")).hasSizeLessThan(5);
    }
  }

  @Test
  void silentBackend_holdsNothingUp() {
    try (OtlpReceiver receiver = OtlpReceiver.start().answer(new OtlpReceiver.Answer.Hang());
        ForkedJvm jvm = shop(receiver).start(Program.JDK_SHOP)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      assertThat(visitor.get("/plain")).isEqualTo(200);
      receiver.received().awaitRequests(requests -> !requests.isEmpty(), PATIENCE);
      assertThat(visitor.get("/plain")).isEqualTo(200);
      assertThat(end(jvm)).isLessThan(FAREWELL);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void busyBackend_getsTheSpansAgain(int status) {
    try (OtlpReceiver receiver =
            OtlpReceiver.start().answer(new OtlpReceiver.Answer.Status(status));
        ForkedJvm jvm = shop(receiver).start(Program.JDK_SHOP)) {
      assertThat(new Visitor(jvm.awaitPort()).get("/plain")).isEqualTo(200);
      receiver
          .received()
          .awaitRequests(
              requests -> requests.stream().anyMatch(request -> request.what().equals("traces")),
              PATIENCE);
      receiver.answer(new OtlpReceiver.Answer.Accept());
      receiver
          .received()
          .awaitSpans(spans -> spans.stream().anyMatch(ExportTest::isServer), PATIENCE);
      assertThat(jvm.finish()).isZero();
      assertThat(servers(receiver.received())).hasSize(1);
    }
  }

  @Test
  void partialSuccess_sendsNothingTwice() {
    try (OtlpReceiver receiver =
            OtlpReceiver.start().answer(new OtlpReceiver.Answer.Partial(1, "no room"));
        ForkedJvm jvm = shop(receiver).start(Program.JDK_SHOP)) {
      assertThat(new Visitor(jvm.awaitPort()).get("/plain")).isEqualTo(200);
      assertThat(jvm.finish()).isZero();
      assertThat(servers(receiver.received())).hasSize(1);
      assertThat(jvm.noise()).singleElement().asString().contains("rejected", "no room");
    }
  }

  @Test
  void exporterNone_sendsNothingOfThatSignal() {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      runOneRequest(shop(receiver).property("otel.traces.exporter", "none"));
      assertThat(receiver.received().spans()).isEmpty();
      assertThat(receiver.received().metric("http.server.request.duration")).isNotNull();
    }
  }

  @Test
  void samplerOff_stillCountsEveryRequest() {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            shop(receiver).property("otel.traces.sampler", "always_off").start(Program.JDK_SHOP)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      for (int i = 0; i < 50; i++) {
        assertThat(visitor.get("/plain")).isEqualTo(200);
      }
      assertThat(jvm.finish()).isZero();
      assertThat(receiver.received().spans()).isEmpty();
      assertThat(receiver.received().metric("http.server.request.duration").points())
          .singleElement()
          .matches(point -> point.count() == 50);
    }
  }

  @Test
  void resource_saysWhatRunsWhere() {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      runOneRequest(
          shop(receiver).property("otel.resource.attributes", "deployment.environment.name=test"));
      assertThat(servers(receiver.received()).get(0).resource())
          .containsEntry("service.name", "shop")
          .containsEntry("deployment.environment.name", "test")
          .containsEntry("telemetry.sdk.language", "java")
          .containsEntry("telemetry.distro.name", "vitals")
          .containsKeys(
              "service.instance.id",
              "telemetry.distro.version",
              "process.pid",
              "process.runtime.name",
              "process.runtime.version",
              "host.name",
              "host.arch",
              "os.type",
              "os.description");
    }
  }

  private static Jvm shop(OtlpReceiver receiver) {
    return Jvm.running().agent().exportingTo(receiver);
  }

  private static void runOneRequest(Jvm jvm) {
    try (ForkedJvm forked = jvm.start(Program.JDK_SHOP)) {
      assertThat(new Visitor(forked.awaitPort()).get("/plain")).isEqualTo(200);
      assertThat(forked.finish()).isZero();
      assertThat(forked.noise()).isEmpty();
    }
  }

  private static Duration end(ForkedJvm jvm) {
    long start = System.nanoTime();
    assertThat(jvm.finish()).isZero();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static boolean isServer(ReceivedSpan span) {
    return span.kind().equals("SERVER");
  }

  private static List<ReceivedSpan> servers(Received received) {
    return received.spans().stream().filter(ExportTest::isServer).toList();
  }
}
