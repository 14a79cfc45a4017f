/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/** Lets so many through in any hour. Confined to one thread. */
final class RateLimit {
  /** One a second: more is no message to people. */
  static final int MOST_PER_HOUR = 3600;

  private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);

  private final ArrayDeque<Long> passed = new ArrayDeque<>();

  /** Whether one more may pass now; if so, it has. */
  boolean pass(int mostPerHour, long nowNanos) {
    while (!passed.isEmpty() && nowNanos - passed.peekFirst() >= HOUR_NANOS) {
      passed.removeFirst();
    }
    if (passed.size() >= mostPerHour) {
      return false;
    }
    passed.addLast(nowNanos);
    return true;
  }
}
