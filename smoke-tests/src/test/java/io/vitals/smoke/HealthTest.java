/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a backend, a probe and a person hear of peers that a service only asks for its health. */
@Tag("alerts")
class HealthTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String GROUP = "groups: [{name: quick, interval: 1s, rules: [%s]}]\n";
  private static final String RULE = "{alert: Never, expr: jvm.cpu.recent_utilization > 2}";

  @TempDir Path folder;

  /** When each request came, in nanoseconds, and what it brought for the tracing of it. */
  private final List<Long> asked = new CopyOnWriteArrayList<>();

  private final List<String> traceparents = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private HttpServer payments;
  private ServerSocket inventory;
  private ServerSocket silent;

  @BeforeEach
  void open() throws IOException {
    payments = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    payments.createContext(
        "/health",
        exchange -> {
          asked.add(System.nanoTime());
          traceparents.add(exchange.getRequestMethod() + exchange.getRequestHeaders().keySet());
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    payments.start();
    inventory = listening(0);
    silent = listening(0);
  }

  /** Takes connections and says nothing. */
  private static ServerSocket listening(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  @AfterEach
  void close() throws IOException {
    payments.stop(0);
    inventory.close();
    silent.close();
  }

  private String checks(String... more) {
    return String.format(GROUP, RULE)
        + String.join(
            "\n",
            "health:",
            "  interval: 1s",
            "  checks:",
            "    - {interval: 1s, name: inventory, type: tcp, retries: 1, address: '127.0.0.1:"
                + inventory.getLocalPort()
                + "'}",
            "    - {interval: 1s, name: payments, type: http, retries: 0, expect: 200, url: '"
                + url(payments.getAddress().getPort())
                + "'}",
            String.join("\n", more));
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port + "/health?key=s3cr3t";
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("alerts.yml"), text);
  }

  private static ForkedJvm start(int version, OtlpReceiver receiver, Path rules) {
    Jvm jvm = Jvm.version(version);
    if (version >= 21) {
      // Otherwise the JVM itself warns of the command that asks it.
      jvm.flag("-XX:+EnableDynamicAgentLoading");
    }
    return jvm.agent()
        .exportingTo(receiver)
        .property("vitals.alerts.file", rules.toString())
        .start(Program.TROUBLES);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 25})
  void checksThatFailAndRecover_areEventsMetricsAndAnExitCode(int version) throws Exception {
    Path rules = write(checks());
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm = start(version, receiver, rules)) {
      Received received = receiver.received();
      awaitScore(received, "check payments", 100);
      awaitScore(received, "check inventory", 100);
      Answer good = ask(jvm);
      assertThat(good.exit()).as(good.text()).isZero();
      assertThat(good.text()).contains("\"name\":\"check payments\"", "\"name\":\"duration\"");
      int port = inventory.getLocalPort();
      status = 503;
      inventory.close();

      assertThat(change(received, "check payments", "unhealthy"))
          .satisfies(event -> assertThat(event.severity()).isEqualTo(17))
          .satisfies(
              event ->
                  assertThat(event.body())
                      .isEqualTo("check payments is unhealthy (score 0): HTTP 503, expected [200]"))
          .extracting(ReceivedLog::attributes)
          .isEqualTo(
              Map.of(
                  "vitals.health.component", "check payments",
                  "vitals.health.state", "unhealthy",
                  "vitals.health.state.previous", "healthy",
                  "vitals.health.score", 0.0,
                  "vitals.health.check", "failure",
                  "vitals.health.value", 1.0,
                  "error.type", "503"));
      assertThat(change(received, "check inventory", "unhealthy").attributes())
          .containsEntry("error.type", "java.net.ConnectException");
      awaitScore(received, "check payments", 0);
      List<String> unhealthy = List.of("degraded=0.0", "healthy=0.0", "unhealthy=1.0");
      received.awaitMetric(
          "vitals.health.status",
          metric -> states(metric, "check payments").equals(unhealthy),
          PATIENCE);
      Answer bad = ask(jvm);
      assertThat(bad.exit()).as(bad.text()).isEqualTo(1);
      assertThat(bad.text())
          .startsWith("{\"status\":\"unhealthy\",\"score\":0.0,")
          .contains("\"error\":\"HTTP 503, expected [200]\"")
          .doesNotContain("s3cr3t");

      status = 200;
      inventory = listening(port);
      assertThat(change(received, "check payments", "healthy"))
          .satisfies(event -> assertThat(event.severity()).isEqualTo(9))
          .extracting(ReceivedLog::attributes)
          .satisfies(
              attributes ->
                  assertThat(attributes)
                      .containsEntry("vitals.health.state.previous", "unhealthy")
                      .doesNotContainKey("error.type"));
      change(received, "check inventory", "healthy");
      Answer back = ask(jvm);
      assertThat(back.exit()).as(back.text()).isZero();
      assertThat(received.awaitMetric("vitals.health.check.duration", m -> true, PATIENCE).points())
          .extracting(point -> point.attribute("vitals.health.component"))
          .containsExactlyInAnyOrder("check payments", "check inventory");
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.noise()).isEmpty();
      // What the agent asks is nobody's call: no span, no duration, no context passed on. The
      // program's database says a few statements when it is opened.
      assertThat(received.spans())
          .allMatch(span -> "h2database".equals(span.attribute("db.system.name")));
      assertThat(received.metric("http.client.request.duration")).isNull();
      assertThat(traceparents).isNotEmpty().allMatch(each -> each.startsWith("GET"));
      assertThat(traceparents).noneMatch(each -> each.toLowerCase().contains("traceparent"));
    }
  }

  @Test
  void checkThatHangs_delaysNeitherOtherChecksNorRules() throws Exception {
    String hanging =
        "    - {name: silent, type: http, url: '"
            + url(silent.getLocalPort())
            + "',"
            + " timeout: 4s, retries: 0, interval: 1s}";
    Path rules = write(checks(hanging));
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm = start(17, receiver, rules)) {
      Received received = receiver.received();
      assertThat(change(received, "check silent", "unhealthy").attributes())
          .containsEntry("error.type", "timeout");
      long looks = evaluations(received);
      int before = asked.size();
      long start = System.nanoTime();
      received.awaitMetric(
          "alert.rule.evaluations", metric -> evaluations(received) >= looks + 6, PATIENCE);
      double seconds = (System.nanoTime() - start) / 1e9;
      assertThat(asked.size() - before)
          .as("requests in %s s", seconds)
          .isGreaterThanOrEqualTo((int) (seconds * 0.6));
      for (int i = before + 1; i < asked.size(); i++) {
        assertThat((asked.get(i) - asked.get(i - 1)) / 1e9).as("pause").isLessThan(3.5);
      }
      assertThat(score(received, "check payments")).isGreaterThan(40);
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.noise()).isEmpty();
    }
  }

  @Test
  void fileThatChanges_changesTheChecks() throws Exception {
    Path rules = write(checks());
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm = start(17, receiver, rules)) {
      Received received = receiver.received();
      awaitScore(received, "check payments", 100);
      write(checks("    - {name: third, type: ping}"));
      String place = "alerts.yml:7:27: found \"ping\"; expected tcp, http or jdbc";
      received.awaitLogs(
          logs -> logs.stream().anyMatch(log -> log.toString().contains(place)), PATIENCE);
      int before = asked.size();
      awaitScore(received, "check payments", 100);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (asked.size() < before + 2 && System.nanoTime() < deadline) {
        Thread.sleep(50);
      }
      assertThat(asked.size()).as("requests go on").isGreaterThanOrEqualTo(before + 2);
      write(String.format(GROUP, RULE));
      received.awaitMetric(
          "vitals.health.score",
          metric ->
              metric.points().stream()
                  .noneMatch(
                      point -> point.attribute("vitals.health.component").startsWith("check")),
          PATIENCE);
      int last = asked.size();
      received.awaitMetric(
          "alert.rule.evaluations",
          metric -> evaluations(received) > 0 && quietSince(last),
          PATIENCE);
      assertThat(jvm.finish()).as(jvm::toString).isZero();
    }
  }

  /** Whether no request has come since, three seconds after the last one. */
  private boolean quietSince(int last) {
    return asked.size() == last
        && System.nanoTime() - asked.get(last - 1) > Duration.ofSeconds(3).toNanos();
  }

  @Test
  void checkOverTls_trustsWhatTheJvmTrusts() throws Exception {
    Keys known =
        new Keys(Files.createDirectory(folder.resolve("known"))).add("key", "EC", Keys.LOOPBACK);
    Keys strange =
        new Keys(Files.createDirectory(folder.resolve("strange"))).add("key", "EC", Keys.LOOPBACK);
    HttpsServer good = secure(known);
    HttpsServer bad = secure(strange);
    Path rules = write(checks(overTls("good", good), overTls("bad", bad)));
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.running()
                .agent()
                .exportingTo(receiver)
                .property("vitals.alerts.file", rules.toString())
                .property("javax.net.ssl.trustStore", known.store().toString())
                .property("javax.net.ssl.trustStoreType", "PKCS12")
                .property("javax.net.ssl.trustStorePassword", "changeit")
                .start(Program.TROUBLES)) {
      Received received = receiver.received();
      assertThat(change(received, "check bad", "unhealthy").attributes())
          .containsEntry("error.type", "javax.net.ssl.SSLHandshakeException");
      awaitScore(received, "check good", 100);
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.noise()).isEmpty();
    } finally {
      good.stop(0);
      bad.stop(0);
    }
  }

  private static String overTls(String name, HttpsServer server) {
    return "    - {interval: 1s, type: http, timeout: 10s, name: "
        + name
        + ", url: 'https://127.0.0.1:"
        + server.getAddress().getPort()
        + "/'}";
  }

  private static HttpsServer secure(Keys keys) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(keys.context("key", "key")));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  @Test
  void rulesCheck_namesWhatIsWrongWithACheck() throws Exception {
    Path rules = write(checks("    - {name: third, type: tcp, address: nowhere}"));
    try (ForkedJvm jvm = Jvm.running().startJar(Jvm.AGENT, "rules", "check", rules.toString())) {
      assertThat(jvm.awaitExit()).isEqualTo(1);
      assertThat(jvm.err())
          .singleElement()
          .asString()
          .contains("alerts.yml:7:41: found \"nowhere\"; expected host:port");
    }
    write(checks());
    try (ForkedJvm jvm = Jvm.running().startJar(Jvm.AGENT, "rules", "check", rules.toString())) {
      assertThat(jvm.awaitExit()).as(jvm::toString).isZero();
    }
  }

  private static ReceivedLog change(Received received, String component, String state) {
    return received
        .awaitLogs(logs -> logs.stream().anyMatch(log -> isChange(log, component, state)), PATIENCE)
        .stream()
        .filter(log -> isChange(log, component, state))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isChange(ReceivedLog log, String component, String state) {
    return log.eventName().equals("vitals.health.state_change")
        && component.equals(log.attributes().get("vitals.health.component"))
        && state.equals(log.attributes().get("vitals.health.state"));
  }

  private static void awaitScore(Received received, String component, double about) {
    received.awaitMetric(
        "vitals.health.score", metric -> Math.abs(score(metric, component) - about) < 30, PATIENCE);
  }

  private static double score(Received received, String component) {
    return score(received.metric("vitals.health.score"), component);
  }

  private static double score(ReceivedMetric metric, String component) {
    return metric.points().stream()
        .filter(point -> component.equals(point.attribute("vitals.health.component")))
        .mapToDouble(ReceivedMetric.Point::value)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static List<String> states(ReceivedMetric metric, String component) {
    return metric.points().stream()
        .filter(point -> component.equals(point.attribute("vitals.health.component")))
        .map(point -> point.attribute("vitals.health.state") + "=" + point.value())
        .sorted()
        .toList();
  }

  private static long evaluations(Received received) {
    return received.metric("alert.rule.evaluations").points().stream()
        .filter(point -> "quick/Never".equals(point.attribute("alert.rule.id")))
        .mapToLong(point -> (long) point.value())
        .sum();
  }

  /** What the command {@code health} printed, and how it ended. */
  private record Answer(String text, int exit) {}

  private static Answer ask(ForkedJvm asked) {
    String pid = Long.toString(asked.pid());
    try (ForkedJvm jvm = Jvm.running().startJar(Jvm.AGENT, "health", pid)) {
      int exit = jvm.awaitExit();
      assertThat(jvm.err()).isEmpty();
      return new Answer(String.join("\n", jvm.out()), exit);
    }
  }
}
