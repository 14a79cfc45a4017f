/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts what became of a channel's notifications. Thread-safe. */
final class Counts {
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong retried = new AtomicLong();
  private final AtomicLongArray lost = new AtomicLongArray(Reason.values().length);

  void sent() {
    sent.incrementAndGet();
  }

  void retried() {
    retried.incrementAndGet();
  }

  void lost(Reason reason) {
    lost.incrementAndGet(reason.ordinal());
  }

  long lostFor(Reason reason) {
    return lost.get(reason.ordinal());
  }

  /** Adds a line for each thing that happened. */
  void addTo(List<ChannelCount> all, String channel) {
    all.add(new ChannelCount(channel, "sent", "", sent.get()));
    if (retried.get() > 0) {
      all.add(new ChannelCount(channel, "retried", "", retried.get()));
    }
    for (Reason reason : Reason.values()) {
      long count = lost.get(reason.ordinal());
      if (count > 0) {
        all.add(new ChannelCount(channel, reason.outcome, reason.text(), count));
      }
    }
  }
}
