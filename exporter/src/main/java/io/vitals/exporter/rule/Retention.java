/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import java.util.Arrays;
import java.util.Collection;

/**
 * How far back something is kept and how finely: each window is kept in sixtieths.
 *
 * <p>What is as old as {@code a} may still be read by the windows that reach so far; a sixtieth of
 * the smallest of those is how long a slot there may be.
 */
final class Retention {
  /** A window's edge is off by at most half of this share of it: 0.8 %. */
  private static final int SLOTS_A_WINDOW = 60;

  /** How old a value of now may be; also the window of values that are read at an offset. */
  static final long STALE_NANOS = 300_000_000_000L;

  final boolean distributions;
  final boolean extremes;

  /** Ages up to which the widths hold, ascending. */
  private final long[] reaches;

  private final long[] widths;

  private Retention(Collection<Query> queries) {
    boolean anyDistribution = false;
    boolean anyExtreme = false;
    long[][] all = new long[queries.size()][];
    int i = 0;
    for (Query query : queries) {
      anyDistribution |= query.function == Function.QUANTILE;
      anyExtreme |= query.function == Function.MIN || query.function == Function.MAX;
      boolean isNow = query.windowNanos == 0;
      long window = isNow ? STALE_NANOS : query.windowNanos;
      long reach = isNow && query.offsetNanos == 0 ? 0 : query.offsetNanos + window;
      all[i++] = new long[] {reach, window / SLOTS_A_WINDOW};
    }
    Arrays.sort(all, (a, b) -> Long.compare(a[0], b[0]));
    this.distributions = anyDistribution;
    this.extremes = anyExtreme;
    this.reaches = new long[all.length];
    this.widths = new long[all.length];
    long width = Long.MAX_VALUE;
    for (i = all.length - 1; i >= 0; i--) {
      reaches[i] = all[i][0];
      width = Math.min(width, all[i][1]);
      widths[i] = width;
    }
  }

  static Retention of(Collection<Query> queries) {
    return new Retention(queries);
  }

  /** How far back anything is read. */
  long reach() {
    return reaches.length == 0 ? 0 : reaches[reaches.length - 1];
  }

  /** How long a slot of this age may be; negative if nothing of this age is read. */
  long width(long age) {
    for (int i = 0; i < reaches.length; i++) {
      if (age <= reaches[i]) {
        return widths[i];
      }
    }
    return -1;
  }
}
