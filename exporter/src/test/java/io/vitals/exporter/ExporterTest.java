/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.Probe;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Settings;
import io.vitals.exporter.config.Config;
import io.vitals.exporter.otlp.OtlpReceiver;
import io.vitals.exporter.queue.Handoff;
import io.vitals.exporter.self.Counters;
import io.vitals.exporter.self.Drop;
import io.vitals.exporter.span.Spans;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the hand-off to a real backend, over real sockets. */
class ExporterTest {
  private static final long SECONDS = 1_000;

  private final Counters counters = new Counters();
  private final Handoff handoff = new Handoff(Handoff.DEFAULT_CAPACITY, counters);
  private OtlpReceiver receiver;
  private Exporter exporter;
  private Config config;

  @BeforeEach
  void startReceiver() throws IOException {
    receiver = new OtlpReceiver();
  }

  @AfterEach
  void stop() {
    if (exporter != null) {
      exporter.close(1);
    }
    receiver.close();
  }

  private Exporter start(String... pairs) {
    Map<String, String> properties = new HashMap<>();
    properties.put("otel.exporter.otlp.endpoint", receiver.endpoint());
    properties.put("otel.service.name", "shop");
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put(pairs[i], pairs[i + 1]);
    }
    config = Config.of(null, properties, Map.of());
    exporter = Exporter.start(config, handoff, counters, null);
    return exporter;
  }

  @Test
  void close_sendsSpansAndMetricsOfRunShorterThanInterval() {
    start();
    handoff.offer(Spans.server());

    assertThat(exporter.close(10 * SECONDS)).isTrue();

    Span span = receiver.spans().get(0);
    assertThat(span.getName()).isEqualTo("GET /orders/{id}");
    assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(attribute(receiver.resource().getAttributesList(), "service.name"))
        .isEqualTo("shop");
    assertThat(attribute(receiver.resource().getAttributesList(), "telemetry.distro.name"))
        .isEqualTo("vitals");
    assertThat(attribute(receiver.resource().getAttributesList(), "telemetry.sdk.name"))
        .isEqualTo("opentelemetry");
    Metric duration = receiver.metrics("http.server.request.duration").get(0);
    assertThat(duration.getHistogram().getDataPoints(0).getCount()).isEqualTo(1);
    assertThat(duration.getHistogram().getAggregationTemporality())
        .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
    assertThat(receiver.metrics("http.server.request.duration.percentile")).hasSize(1);
    assertThat(receiver.metrics("jvm.memory.used")).hasSize(1);
    assertThat(receiver.metrics("otel.sdk.span.started")).hasSize(1);
    assertThat(receiver.metrics("vitals.agent.cpu.time")).hasSize(1);
  }

  @Test
  void jvmMetrics_haveStableNamesAndUnits() {
    start().close(10 * SECONDS);

    Map<String, String> units =
        Map.ofEntries(
            Map.entry("jvm.memory.used", "By"),
            Map.entry("jvm.memory.committed", "By"),
            Map.entry("jvm.memory.limit", "By"),
            Map.entry("jvm.memory.used_after_last_gc", "By"),
            Map.entry("jvm.thread.count", "{thread}"),
            Map.entry("jvm.class.loaded", "{class}"),
            Map.entry("jvm.class.unloaded", "{class}"),
            Map.entry("jvm.class.count", "{class}"),
            Map.entry("jvm.cpu.time", "s"),
            Map.entry("jvm.cpu.count", "{cpu}"));
    units.forEach(
        (name, unit) ->
            assertThat(receiver.metrics(name))
                .as(name)
                .singleElement()
                .extracting(Metric::getUnit)
                .isEqualTo(unit));
    assertThat(receiver.metrics("jvm.class.loaded").get(0).getSum().getIsMonotonic()).isTrue();
    assertThat(receiver.metrics("jvm.class.count").get(0).getSum().getIsMonotonic()).isFalse();
  }

  @Test
  void requestsBeingAnswered_areALevelWhereAsked() {
    Settings before = Settings.current;
    try {
      Config asked =
          Config.of(
              null,
              Map.of("otel.instrumentation.http.server.emit-experimental-telemetry", "true"),
              Map.of());
      Settings.current = asked.bootstrapSettings();
      start();
      ServerSpan span = Probe.startServer(Current.get(), null);
      span.method = "GET";
      Probe.opened(span);

      exporter.flush(10 * SECONDS);
      Probe.end(Current.get(), span, null);
      exporter.close(10 * SECONDS);

      List<Metric> levels = receiver.metrics("http.server.active_requests");
      assertThat(levels)
          .extracting(metric -> metric.getSum().getDataPoints(0).getAsInt())
          .containsExactly(1L, 0L);
      assertThat(levels.get(0).getSum().getIsMonotonic()).isFalse();
      assertThat(
              attribute(
                  levels.get(0).getSum().getDataPoints(0).getAttributesList(),
                  "http.request.method"))
          .isEqualTo("GET");
    } finally {
      Settings.current = before;
    }
  }

  @Test
  void headersAndGzip_areSentAsConfigured() {
    start(
        "otel.exporter.otlp.headers", "api-key=se%20cret",
        "otel.exporter.otlp.compression", "gzip");
    handoff.offer(Spans.server());

    exporter.close(10 * SECONDS);

    assertThat(receiver.spans()).hasSize(1);
    assertThat(receiver.headers())
        .allSatisfy(
            headers -> {
              assertThat(headers.get("Api-key")).containsExactly("se cret");
              assertThat(headers.get("Content-encoding")).containsExactly("gzip");
            });
  }

  @Test
  void deltaPreference_sendsOnlyWhatIsNew() {
    start("otel.exporter.otlp.metrics.temporality.preference", "delta");
    handoff.offer(Spans.server());
    exporter.flush(10 * SECONDS);
    handoff.offer(Spans.server());
    handoff.offer(Spans.server());

    exporter.close(10 * SECONDS);

    List<Metric> durations = receiver.metrics("http.server.request.duration");
    assertThat(durations)
        .extracting(metric -> metric.getHistogram().getDataPoints(0).getCount())
        .containsExactly(1L, 2L);
    List<Metric> started = receiver.metrics("otel.sdk.span.started");
    long total =
        started.stream()
            .flatMap(metric -> metric.getSum().getDataPointsList().stream())
            .mapToLong(point -> point.getAsInt())
            .sum();
    assertThat(total).isEqualTo(3);
  }

  @Test
  void spans_areSentInBatchesAsTheyFill() {
    start("otel.bsp.max.export.batch.size", "10", "otel.bsp.schedule.delay", "1h");
    for (int i = 0; i < 25; i++) {
      handoff.offer(Spans.server());
    }

    eventually(() -> receiver.spans().size() == 20);
    exporter.close(10 * SECONDS);

    assertThat(receiver.spans()).hasSize(25);
    assertThat(receiver.traceRequests()).isEqualTo(3);
  }

  @Test
  void spansOfTheStart_allWaitForTheFirstExport() {
    int spans = 10_000;
    receiver.hang();
    start();
    handOff(spans);
    receiver.resume();

    assertThat(exporter.close(20 * SECONDS)).isTrue();

    assertThat(receiver.spans()).hasSize(spans);
    assertThat(counters.drops(Drop.KEPT_QUEUE_FULL)).isZero();
  }

  @Test
  void roomThatSomebodyChose_holdsFromTheStart() {
    int spans = 10_000;
    int room = 4096;
    receiver.hang();
    int batch = 1024;
    start(
        "otel.bsp.max.queue.size", Integer.toString(room),
        "otel.bsp.max.export.batch.size", Integer.toString(batch));
    handOff(spans);
    receiver.resume();

    assertThat(exporter.close(20 * SECONDS)).isTrue();

    // One batch was on its way while the others waited.
    assertThat(receiver.spans()).hasSizeLessThanOrEqualTo(room + batch);
    assertThat(counters.drops(Drop.KEPT_QUEUE_FULL)).isEqualTo(spans - receiver.spans().size());
  }

  /** In portions that the queue of the hand-off takes. */
  private void handOff(int spans) {
    for (int i = 1; i <= spans; i++) {
      handoff.offer(Spans.server());
      if (i % 1_000 == 0) {
        eventually(() -> handoff.depth() == 0);
      }
    }
  }

  @Test
  void refusedSignal_doesNotStopTheOther() {
    receiver.answer("/v1/traces", 400);
    start();
    handoff.offer(Spans.server());
    exporter.flush(10 * SECONDS);

    exporter.close(10 * SECONDS);

    assertThat(receiver.spans()).isEmpty();
    assertThat(receiver.metrics("http.server.request.duration")).hasSize(2);
    Metric failures = receiver.metrics("vitals.agent.export.failures").get(0);
    assertThat(attribute(failures.getSum().getDataPoints(0).getAttributesList(), "reason"))
        .isEqualTo("http_400");
    assertThat(failures.getSum().getDataPoints(0).getAsInt()).isEqualTo(1);
  }

  @Test
  void deadEndpoint_doesNotHoldUpTheExit() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    start("otel.exporter.otlp.endpoint", "http://127.0.0.1:" + port);
    handoff.offer(Spans.server());

    assertThat(millisToClose()).isLessThan(4_000);
  }

  @Test
  void hangingBackend_doesNotHoldUpTheExit() {
    receiver.hang();
    start();
    handoff.offer(Spans.server());

    assertThat(millisToClose()).isLessThan(4_000);
  }

  @Test
  void badOptions_areNamedAndTheRestHolds() {
    start(
        "otel.exporter.otlp.timeout", "soon",
        "otel.traces.exporter", "otlp,zipkin",
        "otel.exporter.otlp.headers", "a=b");
    handoff.offer(Spans.server());

    exporter.close(10 * SECONDS);

    assertThat(receiver.spans()).hasSize(1);
    assertThat(receiver.headers().get(0).get("A")).containsExactly("b");
    assertThat(config.problems())
        .anySatisfy(line -> assertThat(line).contains("otel.exporter.otlp.timeout=soon"))
        .anySatisfy(line -> assertThat(line).contains("otel.traces.exporter=otlp,zipkin"));
  }

  @Test
  void exporterNone_sendsNothingOfThatSignal() {
    start("otel.metrics.exporter", "none", "otel.traces.exporter", "otlp");
    handoff.offer(Spans.server());

    exporter.close(10 * SECONDS);

    assertThat(receiver.spans()).hasSize(1);
    assertThat(receiver.metrics("jvm.memory.used")).isEmpty();
  }

  @Test
  void idleProcess_touchesNoBackendBeforeInterval() {
    start();

    handoff.drain(1);

    assertThat(receiver.headers()).isEmpty();
    assertThat(exporter.aggregator().latest().series()).isEmpty();
  }

  private long millisToClose() {
    long start = System.nanoTime();
    exporter.close(5 * SECONDS);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private static void eventually(java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private static String attribute(List<KeyValue> attributes, String key) {
    return attributes.stream()
        .filter(attribute -> attribute.getKey().equals(key))
        .map(attribute -> attribute.getValue().getStringValue())
        .findFirst()
        .orElse(null);
  }
}
