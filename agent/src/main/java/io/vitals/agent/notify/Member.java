/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

/** An alert in a group of a channel: what the channel has been told of it. */
final class Member {
  final TrackedAlert alert;

  /** Whether the channel's peer knows that it fires. */
  boolean told;

  /** When a notification of it was first handed over, in vain or not; 0 before. */
  long handedNanos;

  /** Whether it came here because nobody acknowledged it elsewhere. */
  boolean escalation;

  /** Whether it has gone on to the next channel for the same reason. */
  boolean unanswered;

  /** Whether it was seen to end. */
  private boolean ended;

  /** Why it was held back the last time, or null. */
  Reason held;

  Member(TrackedAlert alert) {
    this.alert = alert;
  }

  /** The next time it fires, people get their time to answer again. */
  void hasEnded() {
    ended = true;
    handedNanos = 0;
    unanswered = false;
  }

  /** It fires again before its end was told, so the peer still takes it as firing. */
  void hasReturned(long nowNanos) {
    if (ended && told) {
      handedNanos = nowNanos;
    }
    ended = false;
  }
}
