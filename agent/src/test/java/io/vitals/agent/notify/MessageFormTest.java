/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.vitals.exporter.alert.AlertEvent;
import io.vitals.exporter.alert.AlertState;
import io.vitals.exporter.alert.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forms in which notifications reach peers over HTTP, held against what those document. */
class MessageFormTest {
  private HttpPeer peer;

  @TempDir Path folder;

  @BeforeEach
  void open() throws Exception {
    peer = new HttpPeer();
  }

  @AfterEach
  void close() {
    peer.close();
  }

  private Desk desk(String type, String path, String more) throws Exception {
    return new Desk(
        "channels: [{name: c, type: " + type + ", url: '" + peer.url(path) + "'" + more + "}]\n");
  }

  private static AlertEvent.Builder slow(Desk desk, AlertState state) {
    AlertEvent.Builder event =
        desk.event("SlowCheckout", Severity.HIGH, state, "http.route", "/checkout", "team", "shop");
    event.summary = "checkout p99 is \"0.73 s\" & <rising>";
    event.annotations =
        Map.of("summary", event.summary, "runbook_url", "https://wiki.example/slow-checkout");
    event.value = 0.7312345678;
    event.unit = "s";
    event.traceId = "0af7651916cd43dd8448eb211c80319c";
    return event;
  }

  /** What Alertmanager's OpenAPI description asks of each alert. */
  private static void checkAlertmanagerSchema(JsonElement body) {
    assertThat(body.isJsonArray()).as("%s", body).isTrue();
    for (JsonElement each : body.getAsJsonArray()) {
      JsonObject alert = each.getAsJsonObject();
      JsonObject labels = alert.getAsJsonObject("labels");
      assertThat(labels.get("alertname").getAsString()).isNotEmpty();
      for (String map : new String[] {"labels", "annotations"}) {
        for (Map.Entry<String, JsonElement> entry : alert.getAsJsonObject(map).entrySet()) {
          assertThat(entry.getKey()).matches("[a-zA-Z_][a-zA-Z0-9_]*");
          assertThat(entry.getValue().getAsJsonPrimitive().isString()).isTrue();
        }
      }
      for (String time : new String[] {"startsAt", "endsAt"}) {
        assertThat(OffsetDateTime.parse(alert.get(time).getAsString()).getYear()).isEqualTo(2026);
      }
      assertThat(alert.keySet())
          .isSubsetOf("labels", "annotations", "startsAt", "endsAt", "generatorURL");
    }
  }

  @Test
  void alertmanager_getsAllEachMinute_andEndsForFiveMore() throws Exception {
    Desk desk = desk("alertmanager", "/am/", "");
    desk.notifier.changed(slow(desk, AlertState.PENDING).build());
    desk.work("c");
    assertThat(peer.got()).isEmpty();
    AlertEvent fired = slow(desk, AlertState.FIRING).build();
    desk.notifier.changed(fired);
    desk.work("c");
    assertThat(peer.only().path()).isEqualTo("/am/api/v2/alerts");
    checkAlertmanagerSchema(peer.only().json());
    JsonObject alert = peer.only().json().getAsJsonArray().get(0).getAsJsonObject();
    assertThat(alert.getAsJsonObject("labels").toString())
        .isEqualTo(
            "{\"http_route\":\"/checkout\",\"team\":\"shop\",\"alertname\":\"SlowCheckout\","
                + "\"severity\":\"error\",\"service\":\"shop\",\"instance\":\"shop-1\"}");
    assertThat(alert.getAsJsonObject("annotations").get("value").getAsString())
        .isEqualTo("0.731235 s");
    assertThat(alert.get("startsAt").getAsString()).isEqualTo("2026-08-20T08:00:00Z");
    assertThat(alert.get("endsAt").getAsString()).isEqualTo("2026-08-20T08:04:00Z");
    desk.pass(130, "c");
    assertThat(peer.got()).hasSize(3);
    assertThat(ends(peer.last())).isEqualTo(Desk.MORNING.plus(Duration.ofMinutes(6)));
    AlertEvent.Builder over = slow(desk, AlertState.RESOLVED);
    desk.notifier.changed(over.build());
    desk.work("c");
    assertThat(ends(peer.last())).isEqualTo(Desk.MORNING.plusSeconds(130));
    desk.pass(900, "c");
    assertThat(peer.got()).hasSize(9);
    assertThat(ends(peer.last())).isEqualTo(Desk.MORNING.plusSeconds(130));
  }

  private static Instant ends(HttpPeer.Got got) {
    checkAlertmanagerSchema(got.json());
    JsonObject alert = got.json().getAsJsonArray().get(0).getAsJsonObject();
    return Instant.parse(alert.get("endsAt").getAsString());
  }

  @Test
  void alertmanager_isToldOfNoEndBeforeTheStart() throws Exception {
    Desk desk = desk("alertmanager", "", "");
    desk.fire("Slow", Severity.HIGH);
    desk.setWallClock(-3600);
    desk.pass(1, "c");
    JsonObject alert = peer.only().json().getAsJsonArray().get(0).getAsJsonObject();
    assertThat(alert.get("endsAt").getAsString()).isEqualTo("2026-08-20T07:04:01Z");
    assertThat(alert.get("startsAt").getAsString()).isEqualTo("2026-08-20T07:04:01Z");
  }

  @Test
  void alertmanager_thatWasDown_getsItSoonAfter() throws Exception {
    Desk desk = desk("alertmanager", "", ", retries: 0");
    peer.answer(503);
    desk.notifier.changed(slow(desk, AlertState.FIRING).build());
    desk.work("c");
    desk.pass(12, "c");
    assertThat(peer.got()).hasSize(2);
    assertThat(desk.count("c", "sent", "")).isEqualTo(1);
  }

  @Test
  void webhook_hasTheFormOfAlertmanagersOwn() throws Exception {
    Desk desk = desk("webhook", "/hook?x=1", ", headers: {Authorization: Bearer abcdef}");
    desk.notifier.changed(slow(desk, AlertState.FIRING).build());
    desk.pass(11, "c");
    HttpPeer.Got got = peer.only();
    assertThat(got.method() + " " + got.path()).isEqualTo("POST /hook?x=1");
    assertThat(got.headers().get("Content-Type")).isEqualTo("application/json; charset=utf-8");
    assertThat(got.headers().get("Authorization")).isEqualTo("Bearer abcdef");
    JsonObject body = got.object();
    assertThat(body.keySet())
        .contains(
            "version",
            "groupKey",
            "truncatedAlerts",
            "status",
            "receiver",
            "groupLabels",
            "commonLabels",
            "commonAnnotations",
            "externalURL",
            "alerts");
    assertThat(body.get("version").getAsString()).isEqualTo("4");
    assertThat(body.get("status").getAsString()).isEqualTo("firing");
    assertThat(body.get("title").getAsString()).isEqualTo("[FIRING] SlowCheckout, high (shop)");
    JsonObject alert = body.getAsJsonArray("alerts").get(0).getAsJsonObject();
    assertThat(alert.get("endsAt").getAsString()).isEqualTo("0001-01-01T00:00:00Z");
    assertThat(alert.get("value").getAsDouble()).isEqualTo(0.7312345678);
    assertThat(alert.get("traceId").getAsString()).hasSize(32);
  }

  @Test
  void template_isFilledAndAlwaysJson() throws Exception {
    Desk desk =
        desk(
            "webhook",
            "/",
            ", template: '{\"text\": \"{{ $alert.summary }} on {{$alert.labels.http.route}}\","
                + " \"v\": {{ $alert.value }}, \"t\": {{ $alert.threshold }},"
                + " \"who\": {{ $alert.acknowledged_by }}, \"all\": {{ $alerts }},"
                + " \"nested\": \"{{ $alerts }}\"}'");
    desk.notifier.changed(slow(desk, AlertState.FIRING).build());
    desk.pass(11, "c");
    JsonObject body = peer.only().object();
    assertThat(body.get("text").getAsString())
        .isEqualTo("checkout p99 is \"0.73 s\" & <rising> on /checkout");
    assertThat(body.get("v").getAsDouble()).isEqualTo(0.7312345678);
    assertThat(body.get("t").isJsonNull()).isTrue();
    assertThat(body.get("who").getAsString()).isEmpty();
    assertThat(body.getAsJsonArray("all")).hasSize(1);
    assertThat(body.get("nested").getAsString()).startsWith("[{").contains("\"SlowCheckout\"");
  }

  @Test
  void slack_getsColoursFieldsAndNoMarkup() throws Exception {
    Desk desk = desk("slack", "/services/T0/B0/x", "");
    desk.notifier.changed(slow(desk, AlertState.FIRING).build());
    desk.pass(11, "c");
    JsonObject body = peer.only().object();
    assertThat(body.get("text").getAsString()).isEqualTo("[FIRING] SlowCheckout, high (shop)");
    JsonObject attachment = body.getAsJsonArray("attachments").get(0).getAsJsonObject();
    assertThat(attachment.get("color").getAsString()).isEqualTo("#e01e5a");
    assertThat(attachment.get("text").getAsString())
        .isEqualTo("checkout p99 is \"0.73 s\" &amp; &lt;rising&gt;");
    assertThat(attachment.get("title_link").getAsString()).contains("wiki.example");
    assertThat(attachment.get("ts").getAsLong()).isEqualTo(Desk.MORNING.getEpochSecond());
    JsonArray fields = attachment.getAsJsonArray("fields");
    assertThat(fields.toString())
        .contains("{\"title\":\"http.route\",\"value\":\"/checkout\",\"short\":true}");
    desk.notifier.changed(slow(desk, AlertState.RESOLVED).build());
    desk.pass(301, "c");
    assertThat(peer.last().body()).contains("#2eb67d", "[RESOLVED] SlowCheckout");
  }

  @Test
  void pagerDuty_getsTriggerAcknowledgeAndResolveOfOneKey() throws Exception {
    Path key = Files.writeString(folder.resolve("key"), "R0UT1NGKEY\n");
    Desk desk = desk("pagerduty", "/v2/enqueue", ", routing_key_file: '" + key + "'");
    AlertEvent fired = slow(desk, AlertState.FIRING).build();
    desk.notifier.changed(fired);
    desk.pass(11, "c");
    JsonObject trigger = peer.only().object();
    assertThat(trigger.get("routing_key").getAsString()).isEqualTo("R0UT1NGKEY");
    assertThat(trigger.get("event_action").getAsString()).isEqualTo("trigger");
    assertThat(trigger.get("dedup_key").getAsString()).isEqualTo(fired.fingerprint);
    JsonObject payload = trigger.getAsJsonObject("payload");
    assertThat(payload.get("summary").getAsString()).startsWith("SlowCheckout: checkout p99");
    assertThat(payload.get("severity").getAsString()).isEqualTo("error");
    assertThat(payload.get("source").getAsString()).isEqualTo("shop-1");
    assertThat(payload.get("timestamp").getAsString()).isEqualTo("2026-08-20T08:00:00Z");
    assertThat(trigger.getAsJsonArray("links").toString()).contains("wiki.example");
    desk.notifier.acknowledge(fired.fingerprint, "mona", desk.now());
    desk.work("c");
    assertThat(peer.last().object().get("event_action").getAsString()).isEqualTo("acknowledge");
    desk.notifier.changed(slow(desk, AlertState.RESOLVED).build());
    desk.pass(301, "c");
    assertThat(peer.last().object().get("event_action").getAsString()).isEqualTo("resolve");
    assertThat(peer.last().object().get("dedup_key").getAsString()).isEqualTo(fired.fingerprint);
    assertThat(peer.got()).hasSize(3);
  }

  @Test
  void templates_thatCannotBeUsed_areRefusedWithTheirPlace() {
    assertThat(catchThrowable(() -> desk("webhook", "/", ", template: '{\"a\": }'")))
        .hasMessageStartingWith("alerts.yaml:1:")
        .hasMessageEndingWith(
            "found a template that is no JSON in its line 1; expected JSON with {{ $name }} in it");
    assertThat(
            catchThrowable(
                () -> desk("webhook", "/", ", template: '{\"a\": \"{{ $alert.nam }}\"}'")))
        .hasMessageContaining("found {{ $alert.nam }}; expected a placeholder such as");
    assertThat(catchThrowable(() -> desk("webhook", "/", ", template: '{} x'")))
        .hasMessageContaining("no JSON");
    assertThat(catchThrowable(() -> desk("webhook", "/", ", template: '{\"a\": {{ $title }}'")))
        .hasMessageContaining("no JSON");
  }
}
