/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks;

import java.lang.reflect.Method;

/**
 * Looks from a benchmark's own code at what the packaged agent has open, so that no figure of an
 * agent that did nothing is ever believed.
 */
public final class OpenSpan {
  private OpenSpan() {}

  /** The class of the span that is open on this thread, or null. */
  public static String className() {
    try {
      Method span = Class.forName("java.lang.VitalsCurrent").getMethod("span");
      Object open = span.invoke(null);
      return open == null ? null : open.getClass().getName();
    } catch (ReflectiveOperationException noAgent) {
      return null;
    }
  }

  /**
   * Fails unless something was woven exactly if that is expected.
   *
   * @param seen what {@link #className} gave inside what is to be woven
   */
  public static void check(boolean woven, String seen) {
    if (woven != (seen != null)) {
      throw new IllegalStateException("woven: " + woven + " expected, but the span is " + seen);
    }
  }
}
