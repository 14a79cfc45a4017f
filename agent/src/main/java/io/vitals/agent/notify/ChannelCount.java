/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

/** How often something became of a channel's notifications. Immutable. */
public final class ChannelCount {
  /** The channel's name; empty for what was lost before it came to any channel. */
  public final String channel;

  /** {@code sent}, {@code retried}, {@code failed} or {@code dropped}. */
  public final String outcome;

  /** Why it failed or was dropped, such as {@code timeout}; empty for the others. */
  public final String reason;

  /** How many since the start. */
  public final long count;

  ChannelCount(String channel, String outcome, String reason, long count) {
    this.channel = channel;
    this.outcome = outcome;
    this.reason = reason;
    this.count = count;
  }

  @Override
  public String toString() {
    return channel + " " + outcome + (reason.isEmpty() ? "" : " (" + reason + ")") + " " + count;
  }
}
