/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an Alertmanager knows of an alert: the real one where {@code prometheus-alertmanager} is
 * installed, otherwise a server as strict as its API. The report says which it was.
 */
@Tag("alerts")
class AlertmanagerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir Path folder;

  private Path rules(AlertmanagerPeer peer) throws Exception {
    return Files.writeString(
        folder.resolve("alerts.yml"),
        String.join(
            "\n",
            "groups:",
            "  - name: troubles",
            "    interval: 1s",
            "    rules:",
            "      - alert: Slow",
            "        expr: p99(http.server[3s]) by (http.route) > 200ms",
            "        labels: {severity: high, team: shop}",
            "        annotations:",
            "          summary: \"p99 is above {{ $threshold }}\"",
            "          runbook_url: https://wiki.example/slow",
            "channels:",
            "  - {name: am, type: alertmanager, url: '" + peer.url() + "'}",
            ""));
  }

  @Test
  void alert_isActiveThereAsLongAsItFires(TestReporter reporter) throws Exception {
    try (AlertmanagerPeer peer = AlertmanagerPeer.start(folder);
        OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.running()
                .agent()
                .exportingTo(receiver)
                .property("vitals.alerts.file", rules(peer).toString())
                .start(Program.TROUBLES)) {
      reporter.publishEntry("alertmanager", peer.what());
      System.out.println("AlertmanagerTest has asked " + peer.what());
      Visitor visitor = new Visitor(jvm.awaitPort());
      AlertLogs alerts = new AlertLogs(receiver.received(), PATIENCE);
      assertThat(peer.active()).as(peer.what()).isEmpty();

      ReceivedLog fired = alerts.until("Slow", "firing", () -> visitor.get("/slow?300"));
      JsonObject known = await(peer, 1, () -> visitor.get("/slow?300")).get(0);
      assertThat(texts(known, "labels"))
          .as(peer.what())
          .containsEntry("alertname", "Slow")
          .containsEntry("severity", "error")
          .containsEntry("service", "shop")
          .containsEntry("http_route", "/slow")
          .containsEntry("team", "shop")
          .containsKey("instance")
          .hasSize(6);
      assertThat(texts(known, "annotations"))
          .as(peer.what())
          .containsEntry("summary", "p99 is above 200 ms")
          .containsEntry("runbook_url", "https://wiki.example/slow");
      OffsetDateTime starts = OffsetDateTime.parse(known.get("startsAt").getAsString());
      OffsetDateTime ends = OffsetDateTime.parse(known.get("endsAt").getAsString());
      Object firedTime = fired.attributes().get("alert.fired_time");
      assertThat(Duration.between(OffsetDateTime.parse((String) firedTime), starts).abs())
          .as("%s, and fired at %s", known, firedTime)
          .isLessThan(Duration.ofMillis(2));
      assertThat(Duration.between(OffsetDateTime.now(), ends))
          .as("four repeats: %s", known)
          .isBetween(Duration.ofMinutes(3), Duration.ofSeconds(241));

      alerts.until("Slow", "resolved", () -> visitor.get("/slow?1"));
      await(peer, 0, () -> visitor.get("/slow?1"));
      assertThat(peer.refused()).as(peer.what()).isEmpty();
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.noise()).isEmpty();
    }
  }

  /** Goes on doing something until so many alerts are active. */
  private static List<JsonObject> await(AlertmanagerPeer peer, int number, Callable<?> doing)
      throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<JsonObject> active = peer.active();
    while (active.size() != number) {
      assertThat(System.nanoTime())
          .as("%s knows %s and refused %s", peer.what(), active, peer.refused())
          .isLessThan(deadline);
      doing.call();
      active = peer.active();
    }
    return active;
  }

  private static Map<String, String> texts(JsonObject alert, String field) {
    Map<String, String> texts = new java.util.TreeMap<>();
    alert
        .getAsJsonObject(field)
        .entrySet()
        .forEach(each -> texts.put(each.getKey(), each.getValue().getAsString()));
    return texts;
  }
}
