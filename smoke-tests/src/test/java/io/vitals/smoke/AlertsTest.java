/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backend hears of a service that gets into trouble and out of it. */
@Tag("alerts")
class AlertsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int FOR_SECONDS = 2;

  /** The interval of the rules, and what a machine under load adds to one look. */
  private static final double ONE_LOOK_SECONDS = 1 + 1.5;

  private static final String RULES =
      String.join(
          "\n",
          "groups:",
          "  - name: troubles",
          "    interval: 1s",
          "    rules:",
          "      - alert: Slow",
          "        expr: p99(http.server.request.duration{http.route=\"/slow\"}[5s]) > 200ms",
          "        for: 2s",
          "        labels: {severity: high, team: shop}",
          "        annotations:",
          "          summary: \"p99 is {{ $value }}, not {{ $threshold }}\"",
          "          runbook_url: https://wiki.example/slow",
          "      - alert: Failing",
          "        expr: error_rate(http.server.request.duration[5s]) by (http.route) > 20%",
          "        for: 2s",
          "        min_count: 3",
          "        labels: {severity: critical}",
          "      - alert: NoDatabase",
          "        expr: error_rate(db.client[5s]) > 50%",
          "        for: 2s",
          "      - alert: NoRequests",
          "        expr: rate(http.server[5s]) == 0",
          "        for: 2s",
          "        labels: {severity: critical}",
          "      - alert: HighMemory",
          "        expr: >-",
          "          jvm.memory.used_after_last_gc{jvm.memory.type=\"heap\"}",
          "          / jvm.memory.limit{jvm.memory.type=\"heap\"} > 90%",
          "        for: 2s",
          "        labels: {severity: critical}",
          "      - alert: DeadlockedThreads",
          "        expr: vitals.thread.deadlocked > 0",
          "        labels: {severity: critical}",
          "");

  @TempDir Path folder;

  @Test
  void eachTrouble_isOneAlertThatEnds() throws IOException {
    Path rules = folder.resolve("alerts.yml");
    Files.writeString(rules, RULES);
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm = start(receiver, rules, "-Xmx64m", "-XX:+UseSerialGC")) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      Received received = receiver.received();
      slow(visitor, received);
      failing(visitor, received);
      deadlock(visitor, received);
      memory(visitor, received);
      cutOff(visitor, received);
      quiet(visitor, received);
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.noise()).isEmpty();
      metrics(received);
    }
  }

  private static ForkedJvm start(OtlpReceiver receiver, Path rules, String... flags) {
    Jvm jvm = Jvm.running();
    for (String flag : flags) {
      jvm.flag(flag);
    }
    return jvm.agent()
        .exportingTo(receiver)
        .property("otel.service.name", "troubles")
        .property("otel.metric.export.interval", "1000")
        .property("vitals.alerts.file", rules.toString())
        .start(Program.TROUBLES);
  }

  private static void slow(Visitor visitor, Received received) {
    until(received, "Slow", "firing", () -> visitor.get("/slow?300"));
    ReceivedLog fired = the(received, "Slow", "firing");
    assertThat(fired.severity()).isEqualTo(17);
    assertThat(String.valueOf(fired.body())).matches("p99 is (\\d{3} ms|[\\d.]+ s), not 200 ms");
    Map<String, Object> attributes = fired.attributes();
    assertThat(attributes)
        .containsEntry("alert.rule.id", "troubles/Slow")
        .containsEntry("alert.rule.type", "threshold")
        .containsEntry("alert.severity", "error")
        .containsEntry("alert.state.previous", "pending")
        .containsEntry("alert.operator", "gt")
        .containsEntry("alert.unit", "s")
        .containsEntry("alert.threshold", 0.2)
        .containsEntry("alert.window", 5.0)
        .containsEntry("alert.for", 2.0)
        .containsEntry("alert.metric.name", "http.server.request.duration")
        .containsEntry("alert.label.team", "shop")
        .containsEntry("alert.runbook.url", "https://wiki.example/slow");
    assertThat((Double) attributes.get("alert.value")).isBetween(0.3, 5.0);
    assertThat(fired.resource()).containsEntry("service.name", "troubles");
    String traceId = String.valueOf(attributes.get("alert.exemplar.trace_id"));
    received.awaitSpans(
        spans ->
            spans.stream()
                .anyMatch(
                    span -> span.traceId().equals(traceId) && span.name().equals("GET /slow")),
        PATIENCE);
    until(received, "Slow", "resolved", () -> visitor.get("/slow?1"));
    assertOnce(received, "Slow", "pending", "firing", "resolved");
  }

  private static void failing(Visitor visitor, Received received) {
    until(received, "Failing", "firing", () -> visitor.get("/failing?503"));
    ReceivedLog fired = the(received, "Failing", "firing");
    assertThat(fired.severity()).isEqualTo(18);
    assertThat(fired.attributes())
        .containsEntry("alert.label.http.route", "/failing")
        .containsEntry("http.route", "/failing")
        .containsEntry("alert.value", 1.0);
    until(received, "Failing", "resolved", () -> visitor.get("/failing?200"));
    assertOnce(received, "Failing", "pending", "firing", "resolved");
  }

  private static void deadlock(Visitor visitor, Received received) {
    visitor.get("/deadlock");
    until(received, "DeadlockedThreads", "firing", () -> visitor.get("/plain"));
    assertThat(the(received, "DeadlockedThreads", "firing").attributes())
        .containsEntry("alert.value", 2.0)
        .containsEntry("alert.state.previous", "inactive");
    visitor.get("/unlock");
    until(received, "DeadlockedThreads", "resolved", () -> visitor.get("/plain"));
    assertOnce(received, "DeadlockedThreads", "firing", "resolved");
  }

  private static void memory(Visitor visitor, Received received) {
    visitor.get("/hoard");
    until(received, "HighMemory", "firing", () -> visitor.get("/plain"));
    visitor.get("/release");
    until(received, "HighMemory", "resolved", () -> visitor.get("/plain"));
    assertOnce(received, "HighMemory", "pending", "firing", "resolved");
  }

  private static void cutOff(Visitor visitor, Received received) {
    visitor.get("/cut");
    until(received, "NoDatabase", "firing", () -> visitor.get("/order"));
    assertThat(the(received, "NoDatabase", "firing").attributes())
        .containsEntry("alert.severity", "warning")
        .containsEntry("alert.metric.name", "db.client.operation.duration");
  }

  private static void quiet(Visitor visitor, Received received) {
    await(received, "NoRequests", "firing");
    assertThat(count(received, "NoRequests", "firing")).isEqualTo(1);
    until(received, "NoRequests", "resolved", () -> visitor.get("/plain"));
    assertOnce(received, "NoRequests", "pending", "firing", "resolved");
  }

  private static void metrics(Received received) {
    ReceivedMetric status = received.metric("alert.status");
    assertThat(status.points())
        .filteredOn(point -> "troubles/Slow".equals(point.attributes().get("alert.rule.id")))
        .extracting(point -> point.attributes().get("alert.state") + "=" + point.value())
        .containsExactlyInAnyOrder("pending=0.0", "firing=0.0", "recovering=0.0", "resolved=1.0");
    assertThat(received.metric("alert.transitions").points())
        .filteredOn(point -> "troubles/Slow".equals(point.attributes().get("alert.rule.id")))
        .extracting(point -> point.attributes().get("alert.state") + "=" + point.value())
        .containsExactlyInAnyOrder("pending=1.0", "firing=1.0", "resolved=1.0");
    assertThat(received.metric("alert.rule.evaluations").points())
        .isNotEmpty()
        .allMatch(point -> point.attributes().get("error.type") == null && point.value() >= 1);
    assertThat(received.metric("alert.rule.evaluation.duration").points())
        .isNotEmpty()
        .allMatch(point -> point.count() >= 1);
  }

  private static AlertLogs alerts(Received received) {
    return new AlertLogs(received, PATIENCE);
  }

  private static void until(Received received, String rule, String state, Runnable doing) {
    alerts(received).until(rule, state, doing);
  }

  private static void await(Received received, String rule, String state) {
    alerts(received).await(rule, state);
  }

  private static long count(Received received, String rule, String state) {
    return alerts(received).changes(rule, state).size();
  }

  private static ReceivedLog the(Received received, String rule, String state) {
    List<ReceivedLog> found = alerts(received).changes(rule, state);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  /** One record a transition, in this order, of one alert; fired one look after its for at most. */
  private static void assertOnce(Received received, String rule, String... states) {
    List<ReceivedLog> changes = alerts(received).changes(rule);
    assertThat(changes)
        .extracting(log -> log.attributes().get("alert.state"))
        .containsExactly((Object[]) states);
    assertThat(changes)
        .extracting(log -> log.attributes().get("alert.fingerprint"))
        .containsOnly(changes.get(0).attributes().get("alert.fingerprint"));
    Map<String, Object> fired = the(received, rule, "firing").attributes();
    double waited =
        Duration.between(
                    Instant.parse((String) fired.get("alert.start_time")),
                    Instant.parse((String) fired.get("alert.fired_time")))
                .toMillis()
            / 1e3;
    double asked = states[0].equals("pending") ? FOR_SECONDS : 0;
    assertThat(waited).isBetween(asked - 0.01, asked + ONE_LOOK_SECONDS);
  }

  @Test
  void brokenFile_keepsTheRulesAndIsAnAlertItself() throws IOException {
    Path rules = folder.resolve("alerts.yml");
    Files.writeString(rules, RULES);
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm = start(receiver, rules)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      Received received = receiver.received();
      until(received, "Slow", "firing", () -> visitor.get("/slow?300"));
      Files.writeString(rules, RULES.replace("200ms", "200"));
      await(received, "AlertRulesBroken", "firing");
      String line =
          jvm.err().stream().filter(each -> each.contains("alerts.yml:")).findFirst().get();
      assertThat(line).contains("alerts.yml:6:15: found").contains("rules of before hold");
      assertThat(the(received, "AlertRulesBroken", "firing").body().toString())
          .contains("alerts.yml:6:15");
      assertThat(count(received, "Slow", "resolved")).isZero();
      // Mended, with another limit: what fires goes on, and ends when it no longer holds.
      Files.writeString(rules, RULES.replace("200ms", "250ms"));
      await(received, "AlertRulesBroken", "resolved");
      until(received, "Slow", "resolved", () -> visitor.get("/slow?1"));
      assertThat(the(received, "Slow", "resolved").attributes())
          .containsEntry("alert.threshold", 0.25);
      assertThat(count(received, "Slow", "firing")).isEqualTo(1);
      assertThat(jvm.finish()).as(jvm::toString).isZero();
    }
  }

  @Test
  void tracesThatTheSamplerDrops_areKeptWhileAnAlertWaits() throws IOException {
    Path rules = folder.resolve("alerts.yml");
    Files.writeString(rules, RULES);
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            start(
                receiver,
                rules,
                "-Dotel.traces.sampler=traceidratio",
                "-Dotel.traces.sampler.arg=0.000001")) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      Received received = receiver.received();
      until(received, "Slow", "firing", () -> visitor.get("/slow?300"));
      ReceivedLog fired = the(received, "Slow", "firing");
      Object traceId = fired.attributes().get("alert.exemplar.trace_id");
      assertThat(traceId).isNotNull();
      received.awaitSpans(
          spans -> spans.stream().anyMatch(span -> span.traceId().equals(traceId)), PATIENCE);
      until(received, "Slow", "resolved", () -> visitor.get("/slow?1"));
      int kept = received.spans().size();
      for (int i = 0; i < 200; i++) {
        visitor.get("/plain");
      }
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      // What was on its way when the alert ended, and the two of the budget.
      assertThat(received.spans().size() - kept).isLessThan(40);
    }
  }

  @Test
  void tracesThatAreSwitchedOff_areNotKeptWhileAnAlertWaits() throws IOException {
    Path rules = folder.resolve("alerts.yml");
    Files.writeString(rules, RULES);
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm = start(receiver, rules, "-Dotel.traces.sampler=always_off")) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      until(receiver.received(), "Slow", "firing", () -> visitor.get("/slow?300"));
      visitor.get("/slow?300");
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(receiver.received().spans()).isEmpty();
    }
  }

  @Test
  void alertsSwitchedOff_saysNothing() throws IOException {
    Path rules = folder.resolve("alerts.yml");
    Files.writeString(rules, RULES.replace("for: 2s", "for: 0s"));
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.running()
                .agent()
                .exportingTo(receiver)
                .property("vitals.alerts.file", rules.toString())
                .property("vitals.alerts.enabled", "false")
                .start(Program.TROUBLES)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      for (int i = 0; i < 10; i++) {
        visitor.get("/slow?300");
      }
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.noise()).isEmpty();
      assertThat(receiver.received().logs()).isEmpty();
      assertThat(receiver.received().metric("alert.rule.evaluations")).isNull();
      assertThat(receiver.received().metric("http.server.request.duration")).isNotNull();
    }
  }
}
