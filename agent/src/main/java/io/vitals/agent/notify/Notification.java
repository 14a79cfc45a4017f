/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one channel is to say: some alerts that belong together.
 *
 * <p>Immutable but for its outcome, which the channel's thread sets once.
 */
final class Notification {
  /** Why it is sent. */
  enum Kind {
    /** Something fires or has ended. */
    CHANGE,
    /** It is still firing. */
    REPEAT,
    /** Nobody has acknowledged it at another channel. */
    ESCALATION,
    /** Somebody has taken it on. */
    ACKNOWLEDGEMENT,
    /** Sent by hand, to see whether it arrives. */
    TEST
  }

  /** What became of it. */
  enum Outcome {
    /** Not known yet. */
    WAITING,
    /** The peer has it. */
    SENT,
    /** Not delivered; a later one may be. */
    FAILED,
    /** The peer will not take it. */
    REJECTED
  }

  final Kind kind;

  /** The labels that its alerts share and are grouped by, sorted. */
  final SortedMap<String, String> groupLabels;

  /** Those that are firing, the worst first, then those that have ended; never empty. */
  final List<Notice> notices;

  final ServiceIdentity service;
  final long timeEpochNanos;

  /** How many notifications of this channel the rate limit held back before this one. */
  final long leftOut;

  private volatile Outcome outcome = Outcome.WAITING;

  Notification(
      Kind kind,
      SortedMap<String, String> groupLabels,
      List<Notice> notices,
      ServiceIdentity service,
      long timeEpochNanos,
      long leftOut) {
    this.kind = kind;
    this.groupLabels = groupLabels;
    this.notices = Collections.unmodifiableList(notices);
    this.service = service;
    this.timeEpochNanos = timeEpochNanos;
    this.leftOut = leftOut;
  }

  /** One of a single alert. */
  static Notification of(Kind kind, Notice notice, ServiceIdentity service, long timeEpochNanos) {
    SortedMap<String, String> labels = new TreeMap<>();
    labels.put("alertname", notice.event.ruleName);
    return new Notification(
        kind, labels, Collections.singletonList(notice), service, timeEpochNanos, 0);
  }

  Outcome outcome() {
    return outcome;
  }

  void outcome(Outcome settled) {
    outcome = settled;
  }

  int firing() {
    int firing = 0;
    for (Notice notice : notices) {
      firing += notice.firing ? 1 : 0;
    }
    return firing;
  }

  /** {@code firing} as long as one of them is. */
  String status() {
    return firing() > 0 ? "firing" : "resolved";
  }

  /** The first one, and the worst. */
  Notice worst() {
    return notices.get(0);
  }
}
