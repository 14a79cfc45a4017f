/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The events {@code alert.state_change} among what arrived. */
final class AlertLogs {
  private final Received received;
  private final Duration patience;

  AlertLogs(Received received, Duration patience) {
    this.received = received;
    this.patience = patience;
  }

  /** All of a rule, the oldest first. */
  List<ReceivedLog> of(String rule) {
    return received.logs().stream().filter(log -> isOf(log, rule)).toList();
  }

  /** Those that say of a rule that something has changed. */
  List<ReceivedLog> changes(String rule) {
    return of(rule).stream().filter(log -> !isRepeat(log)).toList();
  }

  /** Those that say of a rule that it has come into the state. */
  List<ReceivedLog> changes(String rule, String state) {
    return received.logs().stream().filter(log -> isChange(log, rule, state)).toList();
  }

  /** Those that say of a rule again that it is in the state. */
  List<ReceivedLog> repeats(String rule, String state) {
    return of(rule).stream()
        .filter(log -> isRepeat(log) && state.equals(log.attributes().get("alert.state")))
        .toList();
  }

  /** Waits until the rule has come into the state, and gives the newest event that says so. */
  ReceivedLog await(String rule, String state) {
    List<ReceivedLog> arrived =
        received.awaitLogs(
            logs -> logs.stream().anyMatch(log -> isChange(log, rule, state)), patience);
    return arrived.stream()
        .filter(log -> isChange(log, rule, state))
        .reduce((one, next) -> next)
        .orElseThrow();
  }

  /** Waits until it is said again that the rule is in the state. */
  ReceivedLog awaitRepeat(String rule, String state) {
    received.awaitLogs(logs -> !repeats(rule, state).isEmpty(), patience);
    return repeats(rule, state).get(0);
  }

  /** Goes on doing something until the rule has come into the state. */
  ReceivedLog until(String rule, String state, Runnable doing) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (changes(rule, state).isEmpty() && System.nanoTime() < deadline) {
      doing.run();
    }
    return await(rule, state);
  }

  private static boolean isOf(ReceivedLog log, String rule) {
    return log.eventName().equals("alert.state_change")
        && rule.equals(log.attributes().get("alert.rule.name"));
  }

  private static boolean isChange(ReceivedLog log, String rule, String state) {
    return isOf(log, rule) && state.equals(log.attributes().get("alert.state")) && !isRepeat(log);
  }

  private static boolean isRepeat(ReceivedLog log) {
    Map<String, Object> attributes = log.attributes();
    return attributes.get("alert.state").equals(attributes.get("alert.state.previous"));
  }
}
