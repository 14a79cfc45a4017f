/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the SDK's properties do to what leaves the packaged agent. */
@Tag("input")
class SettingsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ACTIVE = "http.server.active_requests";
  private static final String DURATION = "http.server.request.duration";

  @TempDir Path folder;

  @Test
  void activeRequests_areThoseInFlightWhenAskedFor() {
    Path key = new Keys(folder).add("key", "RSA", Keys.LOOPBACK).store();
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            shop(receiver)
                .property("contract.key", key.toString())
                .property("otel.instrumentation.http.server.emit-experimental-telemetry", "true")
                .start(Program.JDK_SERVER_CONTRACT)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      CompletableFuture<Integer> late = CompletableFuture.supplyAsync(() -> visitor.get("/late"));
      assertThat(visitor.get("/started")).isEqualTo(200);
      ReceivedMetric inFlight =
          receiver.received().awaitMetric(ACTIVE, metric -> level(metric) == 1, PATIENCE);
      assertThat(inFlight.points().get(0).attributes())
          .containsEntry("http.request.method", "GET")
          .containsEntry("url.scheme", "http");
      assertThat(visitor.get("/release")).isEqualTo(200);
      assertThat(late.join()).isEqualTo(200);
      receiver.received().awaitMetric(ACTIVE, metric -> level(metric) == 0, PATIENCE);
      assertThat(jvm.finish()).isZero();
      assertThat(jvm.noise()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    // traces, metrics, what is printed of each, what arrives of each
    "otlp, none, false, false, true, false",
    "otlp, console, false, true, true, false",
    "otlp, logging, false, true, true, false",
    "console, otlp, true, false, false, true",
    "logging, otlp, true, false, false, true",
    "'otlp,console', 'otlp,logging', true, true, true, true"
  })
  void exporters_areThoseThatAreNamed(
      String traces,
      String metrics,
      boolean tracesPrinted,
      boolean metricsPrinted,
      boolean tracesArrive,
      boolean metricsArrive) {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            shop(receiver)
                .property("otel.traces.exporter", traces)
                .property("otel.metrics.exporter", metrics)
                .start(Program.JDK_SHOP)) {
      assertThat(new Visitor(jvm.awaitPort()).get("/plain")).isEqualTo(200);
      if (tracesPrinted) {
        jvm.awaitErrorLine(Pattern.compile("'GET /plain' : [0-9a-f]{32}"));
      }
      if (metricsPrinted) {
        jvm.awaitErrorLine(Pattern.compile(DURATION));
      }
      if (tracesArrive) {
        receiver.received().awaitSpans(spans -> servers(spans).size() == 1, PATIENCE);
      }
      if (metricsArrive) {
        receiver.received().awaitMetric(DURATION, metric -> true, PATIENCE);
      }
      assertThat(jvm.finish()).isZero();
      assertThat(receiver.received().spans().isEmpty()).isEqualTo(!tracesArrive);
      assertThat(receiver.received().metrics().isEmpty()).isEqualTo(!metricsArrive);
      assertThat(jvm.err().stream().anyMatch(line -> line.contains("'GET /plain'")))
          .isEqualTo(tracesPrinted);
      assertThat(jvm.err().stream().anyMatch(line -> line.contains(DURATION)))
          .isEqualTo(metricsPrinted);
    }
  }

  @Test
  void limitsAndDisabledKeys_areKept() {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            shop(receiver)
                .property("otel.resource.disabled.keys", "host.name,process.command_args")
                .property("otel.attribute.count.limit", "100")
                .property("otel.span.attribute.count.limit", "4")
                .property("otel.attribute.value.length.limit", "3")
                .start(Program.JDK_SHOP)) {
      assertThat(new Visitor(jvm.awaitPort()).get("/plain")).isEqualTo(200);
      ReceivedSpan span =
          servers(receiver.received().awaitSpans(spans -> servers(spans).size() == 1, PATIENCE))
              .get(0);
      assertThat(jvm.finish()).isZero();
      assertThat(span.attributes()).hasSize(4);
      assertThat(span.attributes().values())
          .allSatisfy(
              value -> {
                if (value instanceof String text) {
                  assertThat(text).hasSizeLessThanOrEqualTo(3);
                }
              });
      assertThat(span.resource())
          .containsKey("process.pid")
          .doesNotContainKeys("host.name", "process.command_args");
      assertThat(jvm.noise()).isEmpty();
    }
  }

  /** Each option of our own, a value that it cannot have, and what is then said, once. */
  private static final Map<String, String> BROKEN =
      Map.ofEntries(
          entry("vitals.enabled=maybe", "expected true or false; using true"),
          entry("vitals.config.file=/no/such", "expected a readable properties file"),
          entry("vitals.extensions=/no/such.jar", "left out: no such file"),
          entry("vitals.log.level=loud", "expected trace, debug, info, warn or error; using info"),
          entry("vitals.percentiles=0.5,p99,7", "expected numbers from 0 to 1, such as 0.5,0.99"),
          entry("vitals.sampling.keep-errors=always", "expected true or false; using false"),
          entry("vitals.sampling.keep-slow=often", "expected true or false; using false"),
          entry("vitals.sampling.max-traces-per-second=-5", "expected a number, at least 0"),
          entry("vitals.alerts.enabled=perhaps", "expected true or false; using true"),
          entry("vitals.alerts.file=/no/such.yaml", "found no such file; expected a readable"),
          entry("vitals.history.dir=/proc/nowhere", "cannot make the folder"),
          entry("vitals.history.retention=soon", "expected a duration such as 500"),
          entry("vitals.history.max-megabytes=many", "expected a whole number of at least 1"),
          entry("vitals.instrumentation.jdbc.enabled=off", "expected true or false; using true"),
          entry("vitals.instrumentation.jbdc.enabled=false", "without effect here"),
          entry("vitals.sampling.keep-error=true", "without effect here"));

  @Test
  void everyBrokenOption_isNamedOnceWithItsRemedy_andTheRestWorks() {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      Jvm shop = shop(receiver);
      BROKEN.keySet().forEach(option -> shop.property(name(option), option.split("=", 2)[1]));
      try (ForkedJvm jvm = shop.start(Program.JDK_SHOP)) {
        assertThat(new Visitor(jvm.awaitPort()).get("/plain")).isEqualTo(200);
        receiver.received().awaitSpans(spans -> servers(spans).size() == 1, PATIENCE);
        BROKEN.forEach(
            (option, remedy) -> {
              String named = Pattern.quote(name(option)) + "(?![a-z-])";
              Pattern said = Pattern.compile("(?=.*" + Pattern.quote(remedy) + ").*" + named);
              jvm.awaitErrorLine(said);
              assertThat(jvm.err())
                  .as(option)
                  .filteredOn(Pattern.compile(named).asPredicate())
                  .hasSize(1);
            });
        assertThat(jvm.finish()).isZero();
        assertThat(jvm.err()).as("lines").hasSizeLessThan(BROKEN.size() + 3);
      }
    }
  }

  private static String name(String option) {
    return option.split("=", 2)[0];
  }

  private static Jvm shop(OtlpReceiver receiver) {
    return Jvm.running().agent().exportingTo(receiver);
  }

  private static double level(ReceivedMetric metric) {
    return metric.points().stream().mapToDouble(ReceivedMetric.Point::value).sum();
  }

  private static List<ReceivedSpan> servers(List<ReceivedSpan> spans) {
    return spans.stream().filter(span -> span.kind().equals("SERVER")).toList();
  }
}
