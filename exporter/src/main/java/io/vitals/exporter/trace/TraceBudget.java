/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.trace;

/** A bucket of so many traces a second that holds one second's worth, one trace at least. */
final class TraceBudget {
  private final double perSecond;
  private final double most;
  private double left;
  private long filledNanos;
  private boolean filled;

  TraceBudget(double perSecond) {
    this.perSecond = perSecond;
    this.most = perSecond > 0 ? Math.max(1, perSecond) : 0;
    this.left = most;
  }

  boolean take(long nowNanos) {
    if (filled && nowNanos - filledNanos > 0) {
      left = Math.min(most, left + (nowNanos - filledNanos) * 1e-9 * perSecond);
    }
    filled = true;
    filledNanos = nowNanos;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
