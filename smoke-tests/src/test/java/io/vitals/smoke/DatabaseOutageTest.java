/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that is killed and comes back on the same port, and what is said of it. */
@Tag("databases")
class DatabaseOutageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String RULE = "DatabaseFails";

  @TempDir Path folder;

  private EmbeddedPostgres start(int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(folder.resolve("data"))
        .setCleanDataDirectory(false)
        .start();
  }

  /** Ends the server at once, as a machine does that loses its power. */
  private void kill(EmbeddedPostgres database) throws Exception {
    List<String> lines = Files.readAllLines(folder.resolve("data").resolve("postmaster.pid"));
    ProcessHandle server = ProcessHandle.of(Long.parseLong(lines.get(0).trim())).orElseThrow();
    assertThat(server.destroyForcibly()).isTrue();
    server.onExit().get();
    // It gives its port and its folder back.
    database.close();
  }

  private Path rules(int port) throws IOException {
    return Files.writeString(
        folder.resolve("alerts.yml"),
        String.join(
            "\n",
            "groups:",
            "  - name: shop",
            "    interval: 1s",
            "    rules:",
            "      - alert: " + RULE,
            "        expr: error_rate(db.client[5s]) by (server.address, server.port) > 50%",
            "        for: 2s",
            "        labels: {severity: critical}",
            "health:",
            "  interval: 1s",
            "  checks:",
            "    - {name: postgres, type: tcp, interval: 1s, address: 'localhost:" + port + "'}",
            ""));
  }

  @Test
  void databaseThatIsCutOff_isOneAlertThatEndsWhenItIsBack() throws Exception {
    EmbeddedPostgres database = start(0);
    int port = database.getPort();
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.running()
                .agent()
                .exportingTo(receiver)
                .property("vitals.alerts.file", rules(port).toString())
                .start(Program.TROUBLES_POSTGRESQL, database.getJdbcUrl("postgres", "postgres"))) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      Received received = receiver.received();
      AlertLogs alerts = new AlertLogs(received, PATIENCE);
      received.awaitMetric(
          "vitals.health.check.duration", metric -> orders(visitor, 20) == 200, PATIENCE);

      kill(database);
      ReceivedLog fired = alerts.until(RULE, "firing", () -> orders(visitor, 1));
      assertThat(fired.severity()).isEqualTo(18);
      assertThat(fired.attributes())
          .containsEntry("alert.metric.name", "db.client.operation.duration")
          .containsEntry("server.address", "localhost")
          .containsEntry("server.port", Integer.toString(port));
      assertThat((Double) fired.attributes().get("alert.value")).isBetween(0.5, 1.0);
      assertThat(unhealthy(received, "check postgres")).isEqualTo("failure");
      assertThat(unhealthy(received, "database postgresql postgres|postgres localhost:" + port))
          .isEqualTo("errors");
      assertThat(alerts.changes(RULE, "resolved")).isEmpty();

      database = start(port);
      alerts.until(RULE, "resolved", () -> orders(visitor, 1));
      received.awaitLogs(
          logs -> logs.stream().anyMatch(log -> isHealth(log, "check postgres", "healthy")),
          PATIENCE);
      assertThat(orders(visitor, 1)).isEqualTo(200);
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.noise()).isEmpty();
      assertThat(alerts.changes(RULE))
          .extracting(log -> log.attributes().get("alert.state"))
          .containsExactly("pending", "firing", "resolved");
      assertThat(received.logs())
          .as("nobody is called for anything else")
          .filteredOn(log -> "firing".equals(log.attributes().get("alert.state")))
          .extracting(log -> log.attributes().get("alert.rule.name"))
          .containsOnly(RULE);
    } finally {
      database.close();
    }
  }

  /** Asks for so many orders; the last one's status. */
  private static int orders(Visitor visitor, int number) {
    int status = 0;
    for (int i = 0; i < number; i++) {
      status = visitor.get("/order");
    }
    return status;
  }

  /** The check that a component became unhealthy by. */
  private static Object unhealthy(Received received, String component) {
    return received
        .awaitLogs(
            logs -> logs.stream().anyMatch(log -> isHealth(log, component, "unhealthy")), PATIENCE)
        .stream()
        .filter(log -> isHealth(log, component, "unhealthy"))
        .findFirst()
        .orElseThrow()
        .attributes()
        .get("vitals.health.check");
  }

  private static boolean isHealth(ReceivedLog log, String component, String state) {
    return log.eventName().equals("vitals.health.state_change")
        && component.equals(log.attributes().get("vitals.health.component"))
        && state.equals(log.attributes().get("vitals.health.state"));
  }
}
