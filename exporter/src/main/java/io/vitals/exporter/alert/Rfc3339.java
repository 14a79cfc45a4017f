/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import java.time.Instant;

/** Writes moments as RFC 3339 has them, in UTC, to the millisecond. */
public final class Rfc3339 {
  private Rfc3339() {}

  /** Such as {@code 2026-08-20T08:53:20.123Z}. */
  public static String text(long epochNanos) {
    return Instant.ofEpochSecond(0, epochNanos / 1_000_000 * 1_000_000).toString();
  }
}
