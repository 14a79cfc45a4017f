/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The wall clock of a shop jumps an hour ahead, back, and back beyond the start of the process
 * while visitors come: what is measured and told stays true, and goes on.
 */
@Tag("input")
class ClockJumpTest {
  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

  /** The agent follows within ten seconds; the rest is for a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final List<String> EXPECTED = List.of("Busy", "Late");

  @TempDir Path folder;

  private final List<String> told = new CopyOnWriteArrayList<>();
  private HttpServer hook;
  private ServerSocket peer;
  private int visits;

  @BeforeEach
  void open() throws IOException {
    peer = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hook.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          told.add(new String(body, StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    hook.start();
  }

  @AfterEach
  void close() throws IOException {
    hook.stop(0);
    peer.close();
  }

  /** Rules that hold all the time, that must never fire, and what more is given. */
  private void rules(String... more) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.addAll(
        List.of(
            "groups:",
            "  - name: clock",
            "    interval: 1s",
            "    rules:",
            "      - {alert: Busy, expr: 'rate(http.server[10s]) > 0', for: 2s}",
            "      - {alert: Rush, expr: 'rate(http.server[10s]) > 1000'}",
            "      - {alert: Slow, expr: 'p99(http.server[10s]) > 60s'}",
            "      - {alert: Patient, expr: 'rate(http.server[10s]) > 0', for: 30m}"));
    lines.addAll(List.of(more));
    lines.addAll(
        List.of(
            "group_wait: 1s",
            "group_interval: 1s",
            "channels:",
            "  - {name: hook, type: webhook, url: 'http://127.0.0.1:"
                + hook.getAddress().getPort()
                + "/'}",
            "health:",
            "  interval: 1s",
            "  checks:",
            "    - {name: peer, type: tcp, interval: 1s, retries: 0, address: '127.0.0.1:"
                + peer.getLocalPort()
                + "'}",
            ""));
    replace("rules.yaml", String.join("\n", lines));
  }

  /** Whoever reads it sees the old or the new text. */
  private Path replace(String name, String text) throws IOException {
    Path next = Files.writeString(folder.resolve(name + ".next"), text);
    return Files.move(next, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  @ParameterizedTest
  @CsvSource({"8, cumulative", "17, delta", "25, cumulative"})
  void jumps_changeTheTimesAndNothingElse(int version, String temporality) throws Exception {
    rules();
    Path offset = replace("offset", "0");
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.version(version)
                .javaAgent(Program.jars("clock").get(0) + "=" + offset)
                .agent()
                .exportingTo(receiver)
                .property("otel.exporter.otlp.metrics.temporality.preference", temporality)
                .property("vitals.alerts.file", folder.resolve("rules.yaml").toString())
                .start(Program.JDK_SHOP)) {
      Received received = receiver.received();
      AlertLogs alerts = new AlertLogs(received, PATIENCE);
      JumpedTimes times = new JumpedTimes();
      Visitor visitor = new Visitor(jvm.awaitPort());
      jump(jvm, visitor, received, times, 0);
      alerts.until("Busy", "firing", () -> visit(visitor));
      rules("      - {alert: Idle, expr: 'rate(http.server[10s]) < 0.2'}");
      jvm.awaitErrorLine(Pattern.compile("alert rules, with those of .* as it is now"));

      jump(jvm, visitor, received, times, HOUR_MILLIS);
      jump(jvm, visitor, received, times, 0);
      jump(jvm, visitor, received, times, -HOUR_MILLIS);

      assertThat(alerts.changes("Busy")).as("goes on").hasSize(2);
      rules("      - {alert: Late, expr: 'rate(http.client[10s]) > 0', for: 2s}");
      alerts.until("Late", "firing", () -> visit(visitor));
      until(visitor, () -> told.stream().anyMatch(body -> body.contains("Late")));
      peer.close();
      received.awaitLogs(
          logs -> logs.stream().anyMatch(log -> isHealth(log, "check peer", "unhealthy")),
          PATIENCE);

      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.noise()).allMatch(line -> line.contains(" as it is now"));
      times.end();
      checkSpans(received, times);
      new JumpedMetrics(received, times).check(temporality, visits);
      assertThat(received.logs())
          .filteredOn(log -> "firing".equals(log.attributes().get("alert.state")))
          .extracting(log -> log.attributes().get("alert.rule.name"))
          .isNotEmpty()
          .isSubsetOf(EXPECTED);
      assertThat(received.logs()).allMatch(log -> times.contain(log.timeNanos()));
      assertThat(received.logs()).noneMatch(log -> isHealth(log, "requests", "unhealthy"));
      assertThat(received.logs()).noneMatch(log -> isHealth(log, "http localhost", "unhealthy"));
    }
  }

  /** Sets the clock and lets visitors in until spans carry its time and metrics were sent. */
  private void jump(
      ForkedJvm jvm, Visitor visitor, Received received, JumpedTimes times, long offsetMillis)
      throws IOException {
    if (times.begin(offsetMillis)) {
      replace("offset", Long.toString(offsetMillis));
    }
    int before = received.spans().size();
    long printed = times.phases();
    until(
        visitor,
        () -> jvm.out().stream().filter(line -> line.startsWith("clock")).count() >= printed);
    visit(visitor);
    long visited = visits;
    received.awaitSpans(
        spans -> spans.size() > before && count(spans) == visited, Duration.ofSeconds(10));
    until(
        visitor,
        () -> {
          List<ReceivedSpan> spans = received.spans();
          return spans.stream().skip(before).anyMatch(span -> times.isNow(span.startNanos()));
        });
    int metrics = received.metrics().size();
    Predicate<ReceivedMetric> isNew =
        metric -> metric.points().stream().allMatch(point -> times.isNow(point.timeNanos()));
    until(
        visitor,
        () ->
            received.metrics().stream()
                    .skip(metrics)
                    .filter(metric -> metric.name().equals("http.server.request.duration"))
                    .filter(isNew)
                    .count()
                > 2);
  }

  private void until(Visitor visitor, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("not within " + PATIENCE).isLessThan(deadline);
      visit(visitor);
    }
  }

  private void visit(Visitor visitor) {
    assertThat(visitor.get("/all")).isEqualTo(200);
    visits++;
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long count(List<ReceivedSpan> spans) {
    return spans.stream().filter(span -> span.name().equals("GET /all")).count();
  }

  private static boolean isHealth(ReceivedLog log, String component, String state) {
    Map<String, Object> attributes = log.attributes();
    return log.eventName().equals("vitals.health.state_change")
        && component.equals(attributes.get("vitals.health.component"))
        && state.equals(attributes.get("vitals.health.state"));
  }

  private void checkSpans(Received received, JumpedTimes times) {
    List<TraceTree> requests =
        received.traces().stream().filter(tree -> tree.span().name().equals("GET /all")).toList();
    assertThat(requests).hasSize(visits);
    assertThat(requests).extracting(TraceTree::shape).containsOnly(WithAndWithout.ALL);
    for (ReceivedSpan span : received.spans()) {
      assertThat(span.endNanos() - span.startNanos())
          .as("%s", span)
          .isBetween(0L, Duration.ofSeconds(20).toNanos());
      assertThat(times.contain(span.startNanos())).as("%s in %s", span, times).isTrue();
    }
    for (TraceTree request : requests) {
      for (TraceTree child : request.children()) {
        assertThat(child.span().startNanos()).isGreaterThanOrEqualTo(request.span().startNanos());
        assertThat(child.span().endNanos()).isLessThanOrEqualTo(request.span().endNanos());
      }
    }
  }
}
