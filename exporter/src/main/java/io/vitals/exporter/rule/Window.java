/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

/** From when to when a reading looks at an evaluation, and how much of that was measured. */
final class Window {
  /** Within the clock's jitter of its length a window counts as whole: 1/20. */
  private static final int WHOLE = 20;

  private final long windowNanos;
  private final long offsetNanos;
  long from;
  long to;

  /** Whether anything was measured in it. */
  boolean isMeasured;

  /** Whether all of it was measured. */
  boolean isWhole;

  double seconds;

  Window(long windowNanos, long offsetNanos) {
    this.windowNanos = windowNanos;
    this.offsetNanos = offsetNanos;
  }

  /** Looks from a moment at what was measured, and gathered since another. */
  void move(Track timeline, long since, long now) {
    to = Math.max(now, timeline.end()) - offsetNanos;
    long wanted = to - windowNanos;
    from = Math.max(since, timeline.reached(wanted));
    int first = timeline.first(from);
    int last = timeline.last(to);
    isMeasured = first <= last;
    isWhole = Math.max(since, timeline.start()) <= wanted + windowNanos / WHOLE;
    seconds = timeline.sum(first, last);
  }
}
