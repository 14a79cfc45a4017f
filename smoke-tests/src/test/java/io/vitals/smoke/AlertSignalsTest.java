/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is said of an alert while it lasts and once it is over, of an objective, and of a person who
 * says that it is resolved. It takes the two minutes after which things are said again.
 */
@Tag("alerts")
class AlertSignalsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(80);
  private static final String QUIET = "Quiet";
  private static final String BURN = "checkout burn rate 1h";

  /** The minute of the contract, and what a look and a machine under load add. */
  private static final double LONGEST_REPEAT_SECONDS = 60 + 1 + 3;

  @TempDir Path folder;

  /** Seconds and the body of each notification. */
  private record Told(double seconds, String body) {}

  private final List<Told> told = new CopyOnWriteArrayList<>();
  private HttpServer hook;

  @BeforeEach
  void open() throws IOException {
    hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hook.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          told.add(new Told(System.nanoTime() / 1e9, new String(body, StandardCharsets.UTF_8)));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    hook.start();
  }

  @AfterEach
  void close() {
    hook.stop(0);
  }

  private Path rules() throws IOException {
    return Files.writeString(
        folder.resolve("alerts.yml"),
        String.join(
            "\n",
            "groups:",
            "  - name: troubles",
            "    interval: 1s",
            "    rules:",
            "      - {alert: Quiet, expr: 'rate(http.server{http.route=\"/plain\"}[2s]) == 0'}",
            "      - alert: Slow",
            "        expr: p99(http.server{http.route=\"/slow\"}[3s]) > 200ms",
            "slos:",
            "  - name: checkout",
            "    objective: 99%",
            "    interval: 1s",
            "    indicator: error_rate(http.server{http.route=\"/failing\"})",
            "group_wait: 1s",
            "group_interval: 5s",
            "channels:",
            "  - {name: hook, type: webhook, repeat_interval: 20s, labels: ['alertname=\""
                + QUIET
                + "\"'], url: 'http://127.0.0.1:"
                + hook.getAddress().getPort()
                + "/'}",
            ""));
  }

  @Test
  void whatLasts_isSaidAgain_untilAPersonSaysThatItIsResolved() throws Exception {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.running()
                .agent()
                .exportingTo(receiver)
                .property("vitals.alerts.file", rules().toString())
                .start(Program.TROUBLES)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      Received received = receiver.received();
      AlertLogs alerts = new AlertLogs(received, PATIENCE);
      for (int i = 0; i < 40; i++) {
        visitor.get("/failing?" + (i < 30 ? 200 : 503));
      }
      visitor.get("/plain");
      ReceivedLog burning = alerts.await(BURN, "firing");
      ReceivedLog fired = alerts.await(QUIET, "firing");
      alerts.until("Slow", "firing", () -> visitor.get("/slow?300"));
      ReceivedLog over = alerts.until("Slow", "resolved", () -> visitor.get("/slow?1"));

      repeated(fired, alerts.awaitRepeat(QUIET, "firing"));
      ReceivedLog stillBurning = alerts.awaitRepeat(BURN, "firing");
      objective(received, burning, stillBurning);
      repeated(over, alerts.awaitRepeat("Slow", "resolved"));
      notifications();

      ReceivedLog resolved = resolve(jvm, alerts, fired);
      repeated(resolved, alerts.awaitRepeat(QUIET, "resolved"));
      assertThat(alerts.changes(QUIET))
          .as("it lasts, and nobody is called again")
          .extracting(log -> log.attributes().get("alert.state"))
          .containsExactly("firing", "resolved");
      assertThat(alerts.repeats("Slow", "resolved")).hasSize(1);

      long looks = looks(received);
      while (looks(received) < looks + 4) {
        visitor.get("/plain");
      }
      received.awaitLogs(logs -> alerts.changes(QUIET, "firing").size() == 2, PATIENCE);
      assertThat(alerts.await(QUIET, "firing").attributes())
          .doesNotContainKeys("alert.resolved_by", "alert.end_time");
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.noise()).isEmpty();
    }
  }

  /** The same again after a minute, with its own state as the one before. */
  private static void repeated(ReceivedLog first, ReceivedLog again) {
    assertThat((again.timeNanos() - first.timeNanos()) / 1e9)
        .isBetween(59.99, LONGEST_REPEAT_SECONDS);
    assertThat(again.severity()).isEqualTo(first.severity());
    assertThat(again.body()).isEqualTo(first.body());
    Map<String, Object> expected = new java.util.TreeMap<>(first.attributes());
    expected.put("alert.state.previous", expected.get("alert.state"));
    assertThat(again.attributes()).isEqualTo(expected);
  }

  /** A quarter of the events is bad and one in a hundred may be. */
  private static void objective(Received received, ReceivedLog fired, ReceivedLog again) {
    assertThat(fired.severity()).isEqualTo(18);
    assertThat(fired.attributes())
        .containsEntry("alert.rule.id", "slo/" + BURN)
        .containsEntry("alert.rule.type", "burn_rate")
        .containsEntry("alert.severity", "critical")
        .containsEntry("alert.state.previous", "inactive")
        .containsEntry("alert.slo.id", "checkout")
        .containsEntry("alert.slo.objective", 0.99)
        .containsEntry("alert.slo.period", 30 * 86_400.0)
        .containsEntry("alert.burn_rate.threshold", 14.4);
    assertThat((Double) fired.attributes().get("alert.burn_rate.long")).isBetween(14.4, 25.01);
    // By then everything has been counted.
    for (String window : List.of("long", "short")) {
      assertThat((Double) again.attributes().get("alert.burn_rate." + window))
          .as(window)
          .isEqualTo(25, within(1e-6));
    }
    ReceivedMetric rate = received.metric("slo.burn_rate");
    assertThat(rate.type() + rate.unit()).isEqualTo("GAUGE1");
    assertThat(rate.points())
        .allMatch(point -> "checkout".equals(point.attribute("slo.id")))
        .allMatch(point -> point.attributes().size() == 2)
        .allSatisfy(point -> assertThat(point.value()).isEqualTo(25, within(1e-6)))
        .extracting(point -> point.attribute("slo.window"))
        .containsExactlyInAnyOrder("5m", "30m", "1h", "6h", "3d");
    ReceivedMetric budget = received.metric("slo.error_budget.remaining");
    assertThat(budget.type() + budget.unit()).isEqualTo("GAUGE1");
    assertThat(budget.points())
        .singleElement()
        .satisfies(point -> assertThat(point.attributes()).isEqualTo(Map.of("slo.id", "checkout")))
        .satisfies(point -> assertThat(point.value()).isEqualTo(-24, within(1e-6)));
  }

  /** A channel repeats by its own clock: first the alert, then the same again and again. */
  private void notifications() {
    List<Told> all = List.copyOf(told);
    assertThat(all.size()).as("%s", all).isBetween(3, 5);
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).body())
          .contains("\"status\":\"firing\"", QUIET)
          .contains("\"kind\":\"" + (i == 0 ? "change" : "repeat") + "\"");
      if (i > 0) {
        assertThat(all.get(i).seconds() - all.get(i - 1).seconds()).isBetween(19.0, 29.0);
      }
    }
  }

  private ReceivedLog resolve(ForkedJvm jvm, AlertLogs alerts, ReceivedLog fired) {
    String id = String.valueOf(fired.attributes().get("alert.fingerprint"));
    Instant before = Instant.now();
    int notified = told.size();
    assertThat(command(jvm, id, 0)).isEqualTo("{\"resolved\":\"" + QUIET + "\",\"by\":\"eva\"}");
    ReceivedLog resolved = alerts.await(QUIET, "resolved");
    assertThat(resolved.severity()).isEqualTo(9);
    assertThat(resolved.attributes())
        .containsEntry("alert.state.previous", "firing")
        .containsEntry("alert.resolved_by", "eva")
        .containsEntry("alert.fingerprint", id)
        .containsEntry("alert.fired_time", fired.attributes().get("alert.fired_time"));
    assertThat(Instant.parse((String) resolved.attributes().get("alert.end_time")))
        .isBetween(before.minusMillis(1), Instant.now());
    assertThat(command(jvm, id, 1)).contains("no alert with the fingerprint " + id + " is firing");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (told.size() == notified && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(told.get(notified).body())
        .contains("\"status\":\"resolved\"", "\"resolvedBy\":\"eva\"");
    return resolved;
  }

  private static String command(ForkedJvm of, String fingerprint, int exit) {
    String pid = Long.toString(of.pid());
    try (ForkedJvm jvm =
        Jvm.running().startJar(Jvm.AGENT, "alerts", pid, "resolve", fingerprint, "eva")) {
      assertThat(jvm.awaitExit()).as(jvm::toString).isEqualTo(exit);
      return String.join("\n", jvm.out());
    }
  }

  private static long looks(Received received) {
    return received.metric("alert.rule.evaluations").points().stream()
        .filter(point -> ("troubles/" + QUIET).equals(point.attribute("alert.rule.id")))
        .mapToLong(point -> (long) point.value())
        .sum();
  }
}
