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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people get of an alert, what they can do about it, and what is left on disk. */
@Tag("alerts")
class AlertPeopleTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir Path folder;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  private HttpServer channel() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          told.add(exchange.getRequestURI().getPath() + " " + body);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private Path rules(int port) throws IOException {
    String rules =
        String.join(
            "\n",
            "groups:",
            "  - name: troubles",
            "    interval: 1s",
            "    rules:",
            "      - alert: Slow",
            "        expr: p99(http.server{http.route=\"/slow\"}[5s]) > 200ms",
            "        labels: {severity: critical}",
            "        annotations: {summary: 'slow: {{ $value }}'}",
            "group_wait: 1s",
            "channels:",
            "  - {name: hook, type: webhook, url: 'http://127.0.0.1:" + port + "/hook'}",
            "  - {name: am, type: alertmanager, url: 'http://127.0.0.1:" + port + "/am'}",
            "");
    return Files.writeString(folder.resolve("alerts.yml"), rules);
  }

  private String next(String start) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      String text = told.poll(1, TimeUnit.SECONDS);
      if (text != null && text.startsWith(start)) {
        return text;
      }
    }
    throw new AssertionError("nothing came that begins with " + start);
  }

  @Test
  void channels_hearOfAnAlertThatAPersonTakesOn() throws Exception {
    HttpServer server = channel();
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.running()
                .agent()
                .exportingTo(receiver)
                .property("otel.service.name", "troubles")
                .property("vitals.alerts.file", rules(server.getAddress().getPort()).toString())
                .property("vitals.history.dir", folder.resolve("history").toString())
                .start(Program.TROUBLES)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (told.isEmpty() && System.nanoTime() < deadline) {
        visitor.get("/slow?300");
      }
      assertThat(next("/am/api/v2/alerts"))
          .contains("\"alertname\":\"Slow\"", "\"severity\":\"critical\"")
          .contains("\"service\":\"troubles\"");
      assertThat(next("/hook")).contains("slow: ");

      String pid = Long.toString(jvm.pid());
      String alerts = command("alerts", pid);
      assertThat(alerts).contains("\"name\":\"Slow\"", "\"state\":\"firing\"");
      Matcher fingerprint = Pattern.compile("\"fingerprint\":\"([0-9a-f]{16})\"").matcher(alerts);
      assertThat(fingerprint.find()).isTrue();
      assertThat(command("alerts", pid, "ack", fingerprint.group(1), "eva"))
          .contains("\"acknowledged\":\"Slow\"", "\"by\":\"eva\"");
      assertThat(command("alerts", pid))
          .contains("\"acknowledged_by\":\"eva\"", "\"mean_seconds_to_acknowledge\":");
      assertThat(command("alerts", pid, "ack", "0000000000000000", "eva")).contains("\"error\"");
      assertThat(command("health", pid)).contains("\"status\":", "\"name\":\"process\"");
      receiver
          .received()
          .awaitMetric(
              "vitals.alert.notifications",
              metric ->
                  metric.points().stream()
                      .anyMatch(
                          point ->
                              "hook".equals(point.attributes().get("vitals.alert.channel"))
                                  && "sent".equals(point.attributes().get("vitals.alert.outcome"))),
              PATIENCE);
      receiver
          .received()
          .awaitMetric("vitals.health.score", metric -> !metric.points().isEmpty(), PATIENCE);
      Path history = folder.resolve("history");
      while (files(history, "durations-") == 0 && System.nanoTime() < deadline) {
        visitor.get("/slow?10");
      }
    } finally {
      server.stop(0);
    }
    // The process was killed: what it has written is there and whole.
    try (Stream<Path> files = Files.list(folder.resolve("history"))) {
      List<Path> all = files.toList();
      assertThat(all)
          .extracting(file -> file.getFileName().toString().replaceAll("-troubles-.*\\.", "."))
          .contains("alerts.jsonl", "intervals.jsonl", "durations.hlog");
      for (Path file : all) {
        assertThat(Files.readString(file)).endsWith("\n");
      }
    }
  }

  @Test
  void commandsOfTheJar_sayWhatIsWrong() throws Exception {
    Path good = rules(1);
    assertThat(command("rules", "check", good.toString())).contains("11 rules");
    Path bad = folder.resolve("bad.yml");
    Files.writeString(bad, Files.readString(good).replace("200ms", "200"));
    assertThat(command("rules", "check", bad.toString())).contains("bad.yml:6:15: found", "^");
    Files.writeString(bad, Files.readString(good).replace("type: webhook", "type: pigeon"));
    assertThat(command("rules", "check", bad.toString()))
        .contains("bad.yml:11:")
        .contains("pigeon");
    Path test = folder.resolve("test.yml");
    Files.writeString(
        test,
        String.join(
            "\n",
            "rule_files: [alerts.yml]",
            "evaluation_interval: 1s",
            "tests:",
            "  - interval: 1s",
            "    input_series:",
            "      - {series: 'http.server{http.route=\"/slow\"}', values: '5*300msx10'}",
            "    alert_rule_test:",
            "      - eval_time: 5s",
            "        alertname: Slow",
            "        exp_alerts: [{exp_labels: {severity: critical}, exp_annotations: {summary: 'slow:"
                + " 300 ms'}}]",
            ""));
    assertThat(command("rules", "test", test.toString())).contains("1 of 1 as expected");
    try (ForkedJvm without = Jvm.running().start(Program.TROUBLES)) {
      without.awaitPort();
      assertThat(command("health", Long.toString(without.pid())))
          .contains("the agent does not run in this JVM");
    }
    assertThat(command("rules")).contains("rules takes 'check' or 'test'");
  }

  private static long files(Path folder, String start) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith(start)).count();
    }
  }

  private static String command(String... arguments) throws Exception {
    try (ForkedJvm jvm = Jvm.running().startJar(Jvm.AGENT, arguments)) {
      jvm.awaitExit();
      return String.join("\n", jvm.out()) + "\n" + String.join("\n", jvm.err());
    }
  }
}
