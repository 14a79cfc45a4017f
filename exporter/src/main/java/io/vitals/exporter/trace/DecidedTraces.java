/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.trace;

/**
 * Remembers which of the newest traces were kept, for spans that come after their root.
 *
 * <p>A newer trace may take the place of an older one. Confined to the holder of the drain lock.
 */
final class DecidedTraces {
  static final int UNKNOWN = 0;
  static final int DROPPED = 1;
  static final int KEPT = 2;

  /** Work on other threads ends within seconds of its root: 1,000 a second for eight. 72 KB. */
  private static final int SIZE = 8192;

  private final long[] ids = new long[SIZE];
  private final byte[] decisions = new byte[SIZE];

  void put(long traceIdLow, boolean kept) {
    int at = at(traceIdLow);
    ids[at] = traceIdLow;
    decisions[at] = (byte) (kept ? KEPT : DROPPED);
  }

  int get(long traceIdLow) {
    int at = at(traceIdLow);
    return ids[at] == traceIdLow ? decisions[at] : UNKNOWN;
  }

  private static int at(long traceIdLow) {
    return (int) (traceIdLow * 0x9e3779b97f4a7c15L >>> 51);
  }
}
