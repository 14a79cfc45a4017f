/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import java.time.Instant;

/** Writes moments as RFC 3339 has them, in UTC. */
final class Rfc3339 {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private Rfc3339() {}

  static Instant instant(long epochNanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(epochNanos, NANOS_PER_SECOND), Math.floorMod(epochNanos, NANOS_PER_SECOND));
  }

  /** Such as {@code 2026-08-20T08:53:20.123Z}. */
  static String text(long epochNanos) {
    return instant(epochNanos).toString();
  }
}
