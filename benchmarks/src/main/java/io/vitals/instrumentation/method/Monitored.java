/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.method;

import io.vitals.benchmarks.OpenSpan;

/** The work of {@link MooBenchmark}: a method that calls itself and at the bottom spends time. */
public final class Monitored {
  private boolean look;
  private String seen;

  /**
   * Calls itself until {@code depth} is 1, then waits for so long by the clock, which it returns.
   */
  public long call(long nanos, int depth) {
    if (depth > 1) {
      return call(nanos, depth - 1);
    }
    if (look) {
      seen = OpenSpan.className();
    }
    long start = System.nanoTime();
    long now = start;
    while (now - start < nanos) {
      now = System.nanoTime();
    }
    return now;
  }

  /** Fails unless the method is woven exactly if it is expected. */
  void verify(boolean woven) {
    look = true;
    call(0, 1);
    look = false;
    OpenSpan.check(woven, seen);
  }
}
