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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of an extension in the packaged agent: metric, condition, channel; broken jars. */
@Tag("runtimes")
class ExtensionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Path EXAMPLE = Program.jars("extension").get(0);

  @TempDir Path folder;

  private Path orders;
  private Path told;
  private Path rules;

  @BeforeEach
  void open() throws IOException {
    orders = Files.createDirectory(folder.resolve("jena"));
    told = folder.resolve("told.txt");
    rules =
        Files.writeString(
            folder.resolve("alerts.yml"),
            String.join(
                "\n",
                "groups:",
                "  - name: shop",
                "    interval: 1s",
                "    rules:",
                "      - alert: OrdersWait",
                "        expr: sum(shop.orders.waiting) by (store) > 2",
                "        labels: {severity: high}",
                "        annotations: {summary: '{{ $value }} orders'}",
                "      - alert: ShopClosed",
                "        expr: shop.closed == 1",
                "        labels: {severity: critical}",
                "group_wait: 1s",
                "channels:",
                "  - {name: log, type: file, path: '" + told + "', key_env: LOG_KEY}",
                ""));
  }

  private Jvm knowing(Jvm jvm, String extensions) {
    return jvm.property("vitals.extensions", extensions)
        .property("shop.orders", orders.toString())
        .property("vitals.alerts.file", rules.toString())
        .environment("LOG_KEY", "s3cr3t-key");
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 17, 26})
  void example_bringsMetricConditionAndChannel(int version) throws Exception {
    for (int i = 0; i < 3; i++) {
      Files.createFile(orders.resolve(i + ".order"));
    }
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            knowing(Jvm.version(version).agent().exportingTo(receiver), EXAMPLE.toString())
                .start(Program.ERRANDS)) {
      jvm.awaitPort();
      Received received = receiver.received();
      ReceivedMetric metric =
          received.awaitMetric("shop.orders.waiting", found -> value(found) == 3, PATIENCE);
      assertThat(metric.unit()).isEqualTo("{order}");
      assertThat(metric.description()).isEqualTo("Orders that wait.");
      assertThat(metric.resource()).containsEntry("service.name", "shop");
      assertThat(metric.points())
          .extracting(ReceivedMetric.Point::attributes)
          .containsExactly(Map.of("store", "jena"));
      received.awaitMetric("shop.closed", found -> value(found) == 0, PATIENCE);
      await(received, "OrdersWait", "firing");
      assertThat(changes(received, "OrdersWait", "firing"))
          .singleElement()
          .extracting(ReceivedLog::attributes)
          .satisfies(
              attributes ->
                  assertThat(attributes)
                      .containsEntry("alert.metric.name", "shop.orders.waiting")
                      .containsEntry("alert.label.store", "jena")
                      .containsEntry("alert.value", 3.0));
      assertThat(changes(received, "ShopClosed", "firing")).isEmpty();
      awaitTold("firing OrdersWait high {store=jena} 3 orders by shop signed 10");

      Files.createFile(orders.resolve("closed"));
      Files.delete(orders.resolve("0.order"));
      await(received, "ShopClosed", "firing");
      await(received, "OrdersWait", "resolved");
      received.awaitMetric("shop.closed", found -> value(found) == 1, PATIENCE);
      awaitTold("firing ShopClosed critical {} ");
      received.awaitMetric(
          "vitals.alert.notifications",
          found ->
              found.points().stream()
                  .anyMatch(
                      point ->
                          "log".equals(point.attributes().get("vitals.alert.channel"))
                              && "sent".equals(point.attributes().get("vitals.alert.outcome"))),
          PATIENCE);
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.noise()).isEmpty();
      assertThat(received.metric("vitals.agent.extension.failures")).isNull();
    }
  }

  private static double value(ReceivedMetric metric) {
    return metric.points().isEmpty() ? -1 : metric.points().get(0).value();
  }

  private static void await(Received received, String rule, String state) {
    received.awaitLogs(logs -> !changes(received, rule, state).isEmpty(), PATIENCE);
  }

  private static List<ReceivedLog> changes(Received received, String rule, String state) {
    return received.logs().stream()
        .filter(log -> rule.equals(log.attributes().get("alert.rule.name")))
        .filter(log -> state.equals(log.attributes().get("alert.state")))
        .filter(log -> !state.equals(log.attributes().get("alert.state.previous")))
        .toList();
  }

  private void awaitTold(String start) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String all = "";
    while (System.nanoTime() < deadline) {
      all = Files.exists(told) ? Files.readString(told) : "";
      if (all.lines().anyMatch(line -> line.startsWith(start))) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("no line that begins with '" + start + "' in\n" + all);
  }

  @Test
  void brokenJar_isOneLineAndNothingElse() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.jar"), "this is no jar");
    Files.createFile(orders.resolve("closed"));
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            knowing(Jvm.running().agent().exportingTo(receiver), broken + "," + EXAMPLE)
                .start(Program.ERRANDS)) {
      jvm.awaitPort();
      Received received = receiver.received();
      await(received, "ShopClosed", "firing");
      ReceivedMetric failures =
          received.awaitMetric(
              "vitals.agent.extension.failures", found -> value(found) == 1, PATIENCE);
      assertThat(failures.points())
          .extracting(ReceivedMetric.Point::attributes)
          .containsExactly(Map.of("extension", broken.toString(), "reason", "load"));
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.noise())
          .singleElement()
          .asString()
          .startsWith("err: vitals: warn: extension " + broken + ": left out: not a readable jar");
      assertThat(jvm.noise().toString()).doesNotContain("s3cr3t");
    }
  }

  @Test
  void commandsOfTheJar_knowExtensions() throws Exception {
    assertThat(command(knowing(Jvm.running(), EXAMPLE.toString()), "rules", "check", rules))
        .contains("alerts.yml: ")
        .contains(" rules, the built-in ones among them");
    String without = command(Jvm.running().environment("LOG_KEY", "x"), "rules", "check", rules);
    assertThat(without).contains("alerts.yml:6:15: found", "shop.orders.waiting");
    Jvm byEnvironment =
        Jvm.running()
            .environment("VITALS_EXTENSIONS", EXAMPLE.getParent().toString())
            .environment("LOG_KEY", "s3cr3t-key");
    assertThat(command(byEnvironment, "notify", "test", rules))
        .contains("log (file to extension shop): sent");
    assertThat(Files.readString(told)).startsWith("firing NotificationTest low");
    Files.writeString(rules, Files.readString(rules).replace("key_env", "kye_env"));
    assertThat(command(knowing(Jvm.running(), EXAMPLE.toString()), "rules", "check", rules))
        .contains("alerts.yml:14:5: found options that extension shop does not take")
        .contains("path and key (or key_env, key_file)")
        .doesNotContain("s3cr3t");
  }

  private static String command(Jvm java, String command, String verb, Path file) throws Exception {
    try (ForkedJvm jvm = java.startJar(Jvm.AGENT, command, verb, file.toString())) {
      jvm.awaitExit();
      return String.join("\n", jvm.out()) + "\n" + String.join("\n", jvm.err());
    }
  }
}
