/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.vitals.exporter.alert.AlertEvent;
import io.vitals.exporter.alert.AlertState;
import io.vitals.exporter.alert.Severity;
import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A notifier with a clock that stands still until it is told to go on. */
final class Desk {
  static final ServiceIdentity SHOP = new ServiceIdentity("shop", "shop-1");
  static final Instant MORNING = Instant.parse("2026-08-20T08:00:00Z");

  final Map<String, String> environment = new HashMap<>();
  final Notifier notifier;
  private long now = MORNING.getEpochSecond() * 1_000_000_000L;

  /** By how much the wall clock was set. */
  private long wallAheadNanos;

  Desk(String yaml) throws FileFault {
    this(yaml, false, Map.of());
  }

  Desk(String yaml, boolean threads, Map<String, String> environment) throws FileFault {
    this.environment.putAll(environment);
    notifier =
        new Notifier(
            YamlReader.read("alerts.yaml", yaml),
            SHOP,
            () -> now,
            () -> now + wallAheadNanos,
            this.environment,
            Map.of(),
            threads);
  }

  void reload(String yaml) throws FileFault {
    notifier.reload(YamlReader.read("alerts.yaml", yaml));
  }

  long now() {
    return now;
  }

  void setWallClock(long aheadSeconds) {
    wallAheadNanos = TimeUnit.SECONDS.toNanos(aheadSeconds);
  }

  /** Lets so many seconds pass, with a step each second, and the channels' work in between. */
  void pass(long seconds, String... channels) {
    for (long i = 0; i < seconds; i++) {
      now += TimeUnit.SECONDS.toNanos(1);
      work(channels);
    }
  }

  /** One step of the notifier, the work of the channels, and a step that sees the outcome. */
  void work(String... channels) {
    notifier.work();
    for (String channel : channels) {
      notifier.channel(channel).work();
    }
    notifier.work();
  }

  /** An alert that the test may say more of; its fingerprint is its name and its labels. */
  AlertEvent.Builder event(String name, Severity severity, AlertState state, String... labels) {
    AlertEvent.Builder event = new AlertEvent.Builder();
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      map.put(labels[i], labels[i + 1]);
    }
    event.labels = map;
    event.ruleName = name;
    event.ruleId = "shop/" + name;
    event.fingerprint = String.format("%016x", (name + map).hashCode() & 0xffffffffL);
    event.severity = severity;
    event.state = state;
    event.previous = AlertState.PENDING;
    long wall = now + wallAheadNanos;
    event.timeEpochNanos = wall;
    event.startEpochNanos = wall;
    event.firedEpochNanos = wall;
    event.endEpochNanos = state.isFiring() ? 0 : wall;
    event.summary = name + " is the matter";
    return event;
  }

  AlertEvent fire(String name, Severity severity, String... labels) {
    AlertEvent event = event(name, severity, AlertState.FIRING, labels).build();
    notifier.changed(event);
    return event;
  }

  void resolve(String name, Severity severity, String... labels) {
    AlertEvent.Builder event = event(name, severity, AlertState.RESOLVED, labels);
    event.previous = AlertState.FIRING;
    notifier.changed(event.build());
  }

  /** The count of something that became of a channel's notifications; 0 if it never did. */
  long count(String channel, String outcome, String reason) {
    return notifier.counts().stream()
        .filter(count -> count.channel.equals(channel))
        .filter(count -> count.outcome.equals(outcome) && count.reason.equals(reason))
        .mapToLong(count -> count.count)
        .sum();
  }
}
