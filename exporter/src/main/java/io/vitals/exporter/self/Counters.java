/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.self;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts what became of the spans: how many ended, were kept, and were dropped for which reason.
 *
 * <p>Thread-safe; all counts only grow. Cost: one atomic addition; the drain thread adds once a
 * hand-off.
 */
public final class Counters {
  private static final int REASONS = Drop.values().length;

  private final AtomicLongArray drops = new AtomicLongArray(REASONS);
  private final AtomicLong sampled = new AtomicLong();
  private final AtomicLong unsampled = new AtomicLong();
  private final AtomicLong kept = new AtomicLong();
  private final AtomicLong rescuedTraces = new AtomicLong();

  /** Counts {@code number} drops for this reason. */
  public void dropped(Drop reason, long number) {
    if (number != 0) {
      drops.addAndGet(reason.ordinal(), number);
    }
  }

  /** Counts spans that ended. */
  public void ended(long sampledSpans, long unsampledSpans) {
    if (sampledSpans != 0) {
      sampled.addAndGet(sampledSpans);
    }
    if (unsampledSpans != 0) {
      unsampled.addAndGet(unsampledSpans);
    }
  }

  /** Counts a span handed to the export side. */
  public void kept() {
    kept.incrementAndGet();
  }

  /** Counts a trace kept for its outcome although the sampler had not chosen it. */
  public void rescued() {
    rescuedTraces.incrementAndGet();
  }

  /** How many were dropped for this reason. */
  public long drops(Drop reason) {
    return drops.get(reason.ordinal());
  }

  /** How many spans ended whose trace the sampler had chosen. */
  public long sampledSpans() {
    return sampled.get();
  }

  /** How many spans ended whose trace the sampler had not chosen. */
  public long unsampledSpans() {
    return unsampled.get();
  }

  /** How many spans were handed to the export side. */
  public long keptSpans() {
    return kept.get();
  }

  /** How many traces were kept for their outcome. */
  public long rescuedTraces() {
    return rescuedTraces.get();
  }
}
