/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a backend sees of {@code otel.exporter.otlp.metrics.temporality.preference}: the table of
 * the specification's OTLP exporter.
 */
@Tag("export")
class TemporalityTest {
  private static final String REQUESTS = "http.server.request.duration";
  private static final String STARTED = "otel.sdk.span.started";
  private static final String ACTIVE = "http.server.active_requests";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Every counter of the agent is read when an export is due: an observable one. */
  @ParameterizedTest
  @CsvSource({
    "cumulative, CUMULATIVE, CUMULATIVE",
    "delta, DELTA, DELTA",
    "lowmemory, DELTA, CUMULATIVE"
  })
  void preference_isWhatTheSpecificationSays(
      String preference, String histograms, String observableCounters) {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.running()
                .agent()
                .exportingTo(receiver)
                .property("otel.metric.export.interval", "300")
                .property("otel.exporter.otlp.metrics.temporality.preference", preference)
                .property("otel.instrumentation.http.server.emit-experimental-telemetry", "true")
                .start(Program.JDK_SHOP)) {
      Received received = receiver.received();
      Visitor visitor = new Visitor(jvm.awaitPort());
      visit(visitor, 3);
      awaitCounted(received, histograms, 3);
      visit(visitor, 2);
      awaitCounted(received, histograms, 5);
      assertThat(jvm.finish()).isZero();
      assertThat(jvm.noise()).isEmpty();

      Map<String, Set<String>> seen = new TreeMap<>();
      for (ReceivedMetric metric : received.metrics()) {
        seen.computeIfAbsent(kind(metric), kind -> new TreeSet<>()).add(metric.temporality());
      }
      assertThat(seen)
          .containsEntry("HISTOGRAM", Set.of(histograms))
          .containsEntry("counter", Set.of(observableCounters))
          .containsEntry("up-down counter", Set.of("CUMULATIVE"));
      assertThat(received.metric(ACTIVE).temporality()).isEqualTo("CUMULATIVE");
      assertThat(counted(received, histograms)).isEqualTo(5);
      checkIntervals(points(received, REQUESTS), histograms);
      checkIntervals(points(received, STARTED), observableCounters);
      // Five requests, and the three statements that filled the shop's table.
      double started = total(points(received, STARTED), observableCounters);
      assertThat(started).isEqualTo(8);
    }
  }

  private static void visit(Visitor visitor, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(visitor.get("/plain")).isEqualTo(200);
    }
  }

  private static void awaitCounted(Received received, String temporality, long number) {
    received.awaitMetric(REQUESTS, metric -> counted(received, temporality) == number, PATIENCE);
  }

  private static String kind(ReceivedMetric metric) {
    return !metric.type().equals("SUM")
        ? metric.type()
        : metric.monotonic() ? "counter" : "up-down counter";
  }

  /** How many requests all exports together say there were. */
  private static long counted(Received received, String temporality) {
    List<ReceivedMetric.Point> points = points(received, REQUESTS);
    return temporality.equals("DELTA")
        ? points.stream().mapToLong(ReceivedMetric.Point::count).sum()
        : points.get(points.size() - 1).count();
  }

  private static double total(List<ReceivedMetric.Point> points, String temporality) {
    return temporality.equals("DELTA")
        ? points.stream().mapToDouble(ReceivedMetric.Point::value).sum()
        : points.get(points.size() - 1).value();
  }

  /** The points of the one series of interest, in the order of the exports. */
  private static List<ReceivedMetric.Point> points(Received received, String name) {
    return received.metrics().stream()
        .filter(metric -> metric.name().equals(name))
        .flatMap(metric -> metric.points().stream())
        .filter(point -> !"DROP".equals(point.attribute("otel.span.sampling_result")))
        .toList();
  }

  /** A difference begins where the one before it ended, at the earliest; a total at the start. */
  private static void checkIntervals(List<ReceivedMetric.Point> points, String temporality) {
    assertThat(points).hasSizeGreaterThan(1);
    for (int i = 1; i < points.size(); i++) {
      ReceivedMetric.Point before = points.get(i - 1);
      ReceivedMetric.Point now = points.get(i);
      if (temporality.equals("DELTA")) {
        assertThat(now.startNanos()).isGreaterThanOrEqualTo(before.timeNanos());
      } else {
        assertThat(now.startNanos()).isEqualTo(before.startNanos());
        assertThat(now.count()).isGreaterThanOrEqualTo(before.count());
        assertThat(now.value()).isGreaterThanOrEqualTo(before.value());
      }
    }
  }
}
