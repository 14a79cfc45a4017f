/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.vitals.exporter.alert.AlertEvent;
import io.vitals.exporter.alert.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is told what and when, on what a real webhook got. */
class GroupedFeedTest {
  private HttpPeer hook;
  private HttpPeer other;

  @BeforeEach
  void open() throws Exception {
    hook = new HttpPeer();
    other = new HttpPeer();
  }

  @AfterEach
  void close() {
    hook.close();
    other.close();
  }

  private Desk desk(String channelMore, String rootMore) throws Exception {
    return new Desk(
        "channels:\n  - {name: hook, type: webhook, url: '"
            + hook.url("/hook")
            + "'"
            + channelMore
            + "}\n"
            + rootMore);
  }

  /** One line for each alert of each request: name, status and perhaps route. */
  private static List<String> said(HttpPeer peer) {
    List<String> said = new ArrayList<>();
    for (HttpPeer.Got got : peer.got()) {
      StringBuilder line = new StringBuilder();
      got.object()
          .getAsJsonArray("alerts")
          .forEach(
              each -> {
                JsonObject alert = each.getAsJsonObject();
                JsonObject labels = alert.getAsJsonObject("labels");
                line.append(line.length() == 0 ? "" : " ")
                    .append(labels.get("alertname").getAsString())
                    .append(labels.has("http.route") ? labels.get("http.route").getAsString() : "")
                    .append(alert.get("status").getAsString().equals("firing") ? "!" : ".");
              });
      said.add(line.toString());
    }
    return said;
  }

  @Test
  void group_waitsAndSpeaksOnceForAll() throws Exception {
    Desk desk = desk("", "");
    desk.fire("Slow", Severity.HIGH, "http.route", "/a");
    desk.pass(5, "hook");
    desk.fire("Slow", Severity.HIGH, "http.route", "/b");
    desk.fire("Broken", Severity.HIGH);
    desk.pass(4, "hook");
    assertThat(said(hook)).isEmpty();
    desk.pass(2, "hook");
    assertThat(said(hook)).containsExactly("Slow/a! Slow/b!");
    desk.pass(10, "hook");
    assertThat(said(hook)).containsExactly("Slow/a! Slow/b!", "Broken!");
    assertThat(hook.got().get(0).object().getAsJsonObject("groupLabels").toString())
        .isEqualTo("{\"alertname\":\"Slow\"}");
  }

  @Test
  void wallClockThatIsSet_holdsNothingUpAndHurriesNothing() throws Exception {
    Desk desk = desk("", "");
    desk.fire("Slow", Severity.HIGH);
    desk.setWallClock(-3600);
    desk.pass(11, "hook");
    assertThat(said(hook)).containsExactly("Slow!");
    desk.fire("Broken", Severity.HIGH);
    desk.setWallClock(3600);
    desk.pass(5, "hook");
    assertThat(said(hook)).containsExactly("Slow!");
    desk.pass(6, "hook");
    assertThat(said(hook)).containsExactly("Slow!", "Broken!");
  }

  @Test
  void acknowledgement_outlivesAWallClockThatIsSetBack() throws Exception {
    Desk desk = desk(", repeat_interval: 60s", "");
    AlertEvent slow = desk.fire("Slow", Severity.HIGH);
    desk.pass(11, "hook");
    assertThat(desk.notifier.acknowledge(slow.fingerprint, "eva", desk.now())).isTrue();
    desk.setWallClock(-3600);
    desk.fire("Slow", Severity.HIGH);
    desk.pass(400, "hook");
    assertThat(said(hook)).containsExactly("Slow!");
  }

  @Test
  void group_saysNothingTwice_andTheEndOnce() throws Exception {
    Desk desk = desk("", "");
    desk.fire("Slow", Severity.HIGH);
    desk.pass(11, "hook");
    desk.fire("Slow", Severity.HIGH);
    desk.pass(400, "hook");
    assertThat(said(hook)).containsExactly("Slow!");
    desk.resolve("Slow", Severity.HIGH);
    desk.resolve("Slow", Severity.HIGH);
    desk.pass(700, "hook");
    assertThat(said(hook)).containsExactly("Slow!", "Slow.");
  }

  @Test
  void newAlert_ofAGroupThatHasSpoken_waitsForTheGroupsInterval() throws Exception {
    Desk desk = desk("", "group_interval: 60s\n");
    desk.fire("Slow", Severity.HIGH, "http.route", "/a");
    desk.pass(11, "hook");
    desk.fire("Slow", Severity.HIGH, "http.route", "/b");
    desk.pass(55, "hook");
    assertThat(said(hook)).containsExactly("Slow/a!");
    desk.pass(6, "hook");
    assertThat(said(hook)).containsExactly("Slow/a!", "Slow/b! Slow/a!");
  }

  @Test
  void repeat_comesAfterItsInterval_unlessSomebodyAcknowledged() throws Exception {
    Desk desk = desk(", repeat_interval: 1h", "");
    AlertEvent slow = desk.fire("Slow", Severity.HIGH);
    desk.pass(11, "hook");
    desk.pass(3600, "hook");
    desk.pass(300, "hook");
    assertThat(said(hook)).containsExactly("Slow!", "Slow!");
    assertThat(hook.last().object().get("kind").getAsString()).isEqualTo("repeat");
    assertThat(desk.notifier.acknowledge(slow.fingerprint, "mona", desk.now())).isTrue();
    desk.pass(8000, "hook");
    assertThat(said(hook)).containsExactly("Slow!", "Slow!");
    OpenAlert open = desk.notifier.alerts().get(0);
    assertThat(open.acknowledgedBy).isEqualTo("mona");
    assertThat(open.acknowledgedEpochNanos).isPositive();
    assertThat(open.told).containsExactly("hook");
  }

  @Test
  void routing_isBySeverityAndLabels_andEndsMayBeLeftOut() throws Exception {
    Desk desk =
        desk(
            ", severities: [critical, high], labels: ['team=~\"shop|stock\"'], send_resolved: false",
            "");
    desk.fire("Low", Severity.LOW, "team", "shop");
    desk.fire("Foreign", Severity.CRITICAL, "team", "other");
    desk.fire("Ours", Severity.CRITICAL, "team", "stock");
    desk.pass(11, "hook");
    desk.resolve("Ours", Severity.CRITICAL, "team", "stock");
    desk.pass(601, "hook");
    assertThat(said(hook)).containsExactly("Ours!");
  }

  @Test
  void critical_quietsMediumOfTheSameSubject_untilItEnds() throws Exception {
    Desk desk = desk("", "group_interval: 20s\n");
    desk.fire("Down", Severity.CRITICAL, "http.route", "/a");
    desk.fire("Slow", Severity.MEDIUM, "http.route", "/a");
    desk.fire("Slower", Severity.HIGH, "http.route", "/a");
    desk.fire("Slow", Severity.MEDIUM, "http.route", "/b");
    desk.pass(14, "hook");
    assertThat(said(hook)).containsExactlyInAnyOrder("Down/a!", "Slow/b!", "Slower/a!");
    assertThat(
            desk.notifier.alerts().stream()
                .filter(alert -> alert.mutedBy != null)
                .map(alert -> alert.event.ruleName + alert.mutedBy))
        .containsExactly("Slowalert Down");
    desk.resolve("Down", Severity.CRITICAL, "http.route", "/a");
    desk.pass(45, "hook");
    assertThat(said(hook)).hasSize(5).contains("Down/a.", "Slow/a! Slow/b!");
  }

  @Test
  void ownInhibition_replacesTheUsualOne() throws Exception {
    Desk desk =
        desk(
            "",
            "inhibit:\n  - {source_matchers: ['alertname=Down'], target_matchers: ['team=shop'],"
                + " equal: [host]}\n");
    desk.fire("Down", Severity.LOW, "host", "h1");
    desk.fire("Slow", Severity.CRITICAL, "host", "h1", "team", "shop");
    desk.fire("Full", Severity.CRITICAL, "host", "h2", "team", "shop");
    desk.pass(13, "hook");
    assertThat(said(hook)).containsExactly("Down!", "Full!");
    desk.resolve("Slow", Severity.CRITICAL, "host", "h1", "team", "shop");
    desk.pass(300, "hook");
    assertThat(desk.count("hook", "dropped", "inhibited")).isEqualTo(1);
  }

  @Test
  void silence_holdsUntilItsEnd_andIsNamed() throws Exception {
    Desk desk =
        desk(
            "",
            "silences:\n  - {matchers: {alertname: Slow}, starts: 2026-08-20T07:00:00Z,"
                + " ends: 2026-08-20T10:20:00+02:00, comment: deployment}\n");
    desk.fire("Slow", Severity.HIGH);
    desk.fire("Broken", Severity.HIGH);
    desk.pass(1100, "hook");
    assertThat(said(hook)).containsExactly("Broken!");
    assertThat(desk.notifier.alerts().get(0).mutedBy).isEqualTo("silence \"deployment\"");
    desk.pass(420, "hook");
    assertThat(said(hook)).containsExactly("Broken!", "Slow!");
  }

  @Test
  void maintenance_isWeekly_andCountsWhatEndedWithinIt() throws Exception {
    // 2026-08-20 is a Thursday, and 08:00 UTC is 10:00 in Berlin.
    Desk desk =
        desk(
            "",
            "maintenance:\n  - {name: rollout, weekly: {days: [thu], from: '09:30', to: '10:30',"
                + " zone: Europe/Berlin}}\n");
    desk.fire("Slow", Severity.HIGH);
    desk.pass(60, "hook");
    desk.resolve("Slow", Severity.HIGH);
    desk.pass(600, "hook");
    assertThat(said(hook)).isEmpty();
    assertThat(desk.count("hook", "dropped", "silenced")).isEqualTo(1);
  }

  @Test
  void escalation_goesToTheNextChannel_ifNobodyAcknowledges() throws Exception {
    String next =
        "  - {name: next, type: webhook, severities: [critical], url: '" + other.url("/") + "'}\n";
    Desk desk = desk(", escalate: {to: next, after: 10m}", next);
    desk.fire("Slow", Severity.LOW);
    AlertEvent taken = desk.fire("Taken", Severity.LOW);
    desk.pass(60, "hook", "next");
    desk.notifier.acknowledge(taken.fingerprint, "mona", desk.now());
    desk.pass(530, "hook", "next");
    assertThat(said(other)).isEmpty();
    desk.pass(40, "hook", "next");
    assertThat(said(other)).containsExactly("Slow!");
    assertThat(other.only().object().get("kind").getAsString()).isEqualTo("escalation");
    desk.resolve("Slow", Severity.LOW);
    desk.pass(601, "hook", "next");
    assertThat(said(other)).containsExactly("Slow!", "Slow.");
  }

  @Test
  void escalation_countsFromTheReturn_ofAnAlertThatFlaps() throws Exception {
    String next = "  - {name: next, type: webhook, url: '" + other.url("/") + "', labels: [x=y]}\n";
    Desk desk = desk(", escalate: {to: next, after: 2m}", next);
    desk.fire("Flap", Severity.HIGH);
    desk.pass(60, "hook", "next");
    desk.resolve("Flap", Severity.HIGH);
    desk.pass(5, "hook", "next");
    desk.fire("Flap", Severity.HIGH);
    desk.pass(100, "hook", "next");
    assertThat(said(other)).isEmpty();
    desk.pass(25, "hook", "next");
    assertThat(said(other)).containsExactly("Flap!");
    assertThat(said(hook)).containsExactly("Flap!");
  }

  @Test
  void person_resolves_andItStaysSoUntilItFiresAnew() throws Exception {
    Desk desk = desk("", "group_interval: 10s\n");
    AlertEvent slow = desk.fire("Slow", Severity.HIGH);
    desk.pass(11, "hook");
    assertThat(desk.notifier.resolve(slow.fingerprint, "mona", desk.now())).isTrue();
    assertThat(desk.notifier.resolve(slow.fingerprint, "mona", desk.now())).isFalse();
    desk.pass(11, "hook");
    JsonObject last = hook.last().object().getAsJsonArray("alerts").get(0).getAsJsonObject();
    assertThat(last.get("status").getAsString()).isEqualTo("resolved");
    assertThat(last.get("resolvedBy").getAsString()).isEqualTo("mona");
    AlertEvent.Builder repeat =
        desk.event("Slow", Severity.HIGH, io.vitals.exporter.alert.AlertState.FIRING);
    repeat.previous = repeat.state;
    repeat.firedEpochNanos = slow.firedEpochNanos;
    desk.notifier.changed(repeat.build());
    desk.pass(60, "hook");
    assertThat(said(hook)).containsExactly("Slow!", "Slow.");
    desk.resolve("Slow", Severity.HIGH);
    desk.pass(1);
    desk.fire("Slow", Severity.HIGH);
    desk.pass(11, "hook");
    assertThat(said(hook)).containsExactly("Slow!", "Slow.", "Slow!");
  }

  @Test
  void cooldown_keepsAFlappingAlertQuiet() throws Exception {
    Desk desk = desk(", cooldown: 30m", "group_interval: 10s\n");
    desk.fire("Flap", Severity.HIGH);
    desk.pass(20, "hook");
    for (int i = 0; i < 5; i++) {
      desk.resolve("Flap", Severity.HIGH);
      desk.pass(60, "hook");
      desk.fire("Flap", Severity.HIGH);
      desk.pass(60, "hook");
    }
    assertThat(said(hook)).containsExactly("Flap!", "Flap.");
    desk.pass(1800, "hook");
    assertThat(said(hook)).containsExactly("Flap!", "Flap.", "Flap!");
    assertThat(desk.count("hook", "dropped", "cooldown")).isEqualTo(4);
  }

  @Test
  void rateLimit_holdsBack_andTheNextMessageSaysHowMany() throws Exception {
    Desk desk = desk(", rate_limit: 2", "");
    for (int i = 0; i < 5; i++) {
      desk.fire("Alert" + i, Severity.HIGH);
    }
    desk.pass(60, "hook");
    assertThat(said(hook)).hasSize(2);
    assertThat(desk.count("hook", "dropped", "rate_limited")).isEqualTo(3);
    desk.pass(3900, "hook");
    assertThat(said(hook)).hasSize(4);
    JsonObject third = hook.got().get(2).object();
    assertThat(third.get("leftOut").getAsLong()).isEqualTo(3);
    assertThat(hook.got().get(3).object().get("leftOut").getAsLong()).isZero();
  }

  @Test
  void failure_isTriedAgainWithTheNextInterval_andNotForgotten() throws Exception {
    Desk desk = desk(", retries: 0", "");
    hook.answer(500);
    desk.fire("Slow", Severity.HIGH);
    desk.pass(11, "hook");
    assertThat(desk.count("hook", "failed", "unavailable")).isEqualTo(1);
    assertThat(desk.notifier.alerts().get(0).told).isEmpty();
    desk.pass(301, "hook");
    assertThat(said(hook)).containsExactly("Slow!", "Slow!");
    assertThat(desk.notifier.alerts().get(0).told).containsExactly("hook");
  }

  @Test
  void reload_remembersWhatWasTold_andABrokenFileChangesNothing() throws Exception {
    Desk desk = desk("", "");
    desk.fire("Slow", Severity.HIGH);
    desk.pass(11, "hook");
    String first = "channels:\n  - {name: hook, type: webhook, url: '" + hook.url("/hook") + "'}\n";
    String second = "  - {name: next, type: webhook, url: '" + other.url("/") + "'}\n";
    desk.reload(first + second + "group_by: [severity]\n");
    desk.pass(400, "hook", "next");
    assertThat(said(hook)).containsExactly("Slow!");
    assertThat(said(other)).containsExactly("Slow!");
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> desk.reload("channels: [{name: x, type: pigeon}]\n")))
        .hasMessage(
            "alerts.yaml:1:28: found \"pigeon\"; expected alertmanager, webhook, slack, pagerduty or"
                + " email");
    desk.resolve("Slow", Severity.HIGH);
    desk.pass(400, "hook", "next");
    assertThat(said(hook)).containsExactly("Slow!", "Slow.");
    assertThat(said(other)).containsExactly("Slow!", "Slow.");
    desk.reload(second.isEmpty() ? "" : "channels:\n" + second);
    assertThat(desk.count("hook", "sent", "")).isEqualTo(2);
  }

  @Test
  void pending_isNobodysBusiness_andThereIsABound() throws Exception {
    Desk desk = desk("", "group_by: [severity]\n");
    desk.notifier.changed(
        desk.event("Soon", Severity.HIGH, io.vitals.exporter.alert.AlertState.PENDING).build());
    for (int i = 0; i < Notifier.MOST_ALERTS + 7; i++) {
      desk.fire("Storm" + i, Severity.HIGH);
    }
    desk.pass(11, "hook");
    assertThat(hook.only().object().getAsJsonArray("alerts")).hasSize(Notifier.MOST_ALERTS);
    assertThat(desk.count("", "dropped", "too_many_alerts")).isEqualTo(7);
  }

  @Test
  void whatEnded_makesRoomForWhatFires() throws Exception {
    Desk desk = desk(", severities: [critical]", "");
    for (int i = 0; i < Notifier.MOST_ALERTS; i++) {
      desk.fire("Storm" + i, Severity.HIGH);
    }
    desk.pass(1, "hook");
    desk.resolve("Storm7", Severity.HIGH);
    desk.fire("Down", Severity.CRITICAL);
    desk.fire("Broken", Severity.CRITICAL);
    desk.pass(13, "hook");
    assertThat(said(hook)).containsExactly("Down!");
    assertThat(desk.count("", "dropped", "too_many_alerts")).isEqualTo(1);
  }
}
