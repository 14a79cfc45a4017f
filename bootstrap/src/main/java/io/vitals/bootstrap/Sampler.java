/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides when a local root starts whether its trace is kept, from ids alone.
 *
 * <p>Thread-safe. Cost: a comparison; with a rate limit one compare-and-set for each trace kept.
 */
public final class Sampler {
  /** Keeps every trace whose remote parent was kept, and every one without a remote parent. */
  public static final Sampler ALWAYS_ON = new Sampler(1.0, true, false, 0);

  private final long bound;
  private final boolean parentBased;
  private final boolean recordAll;

  /** Whether dropped traces are recorded for as long as something is wrong. */
  private volatile boolean inTrouble;

  private final long nanosPerTrace;
  private final int flagsOfSampled;
  private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());

  /**
   * Makes a sampler.
   *
   * @param ratio share of traces to keep, 0 to 1, by the specification's TraceIdRatioBased rule
   * @param parentBased whether the decision of a remote parent holds
   * @param recordAll whether dropped traces are recorded, to be kept if they fail or are slow
   * @param maxTracesPerSecond limit of traces kept without a sampled remote parent; 0 is none
   */
  public Sampler(double ratio, boolean parentBased, boolean recordAll, double maxTracesPerSecond) {
    this(boundOf(ratio), parentBased, recordAll, nanosPerTrace(maxTracesPerSecond), true);
  }

  private Sampler(
      long bound, boolean parentBased, boolean recordAll, long nanosPerTrace, boolean exported) {
    this.bound = bound;
    this.parentBased = parentBased;
    this.recordAll = recordAll;
    this.nanosPerTrace = nanosPerTrace;
    this.flagsOfSampled = exported ? Span.SAMPLED | Span.RECORDED : Span.SAMPLED;
  }

  /**
   * The same decisions where no exporter takes traces: what is sampled says so downstream, as it
   * does with an SDK that has no exporter, but nothing is recorded.
   */
  public Sampler withoutExport() {
    return new Sampler(bound, parentBased, false, nanosPerTrace, false);
  }

  private static long nanosPerTrace(double maxTracesPerSecond) {
    return maxTracesPerSecond > 0 ? (long) (1e9 / maxTracesPerSecond) : 0;
  }

  private static long boundOf(double ratio) {
    return ratio >= 1
        ? Long.MAX_VALUE
        : ratio <= 0 ? Long.MIN_VALUE : (long) (ratio * Long.MAX_VALUE);
  }

  /**
   * Says that something is wrong, or is so no more: meanwhile dropped traces are recorded, so that
   * some of them can be kept to show it. Nothing changes where no exporter takes traces, and where
   * the ratio is 0: who switches traces off gets none.
   */
  public void inTrouble(boolean now) {
    inTrouble = now && bound != Long.MIN_VALUE && (flagsOfSampled & Span.RECORDED) != 0;
  }

  /** The flags, a union of {@link Span#SAMPLED} and {@link Span#RECORDED}, of a new local root. */
  public int decide(long traceIdLow, boolean remote, boolean remoteSampled, long nowNanos) {
    boolean sampled;
    if (remote && parentBased) {
      sampled = remoteSampled;
    } else {
      sampled = inRatio(traceIdLow) && withinLimit(nowNanos);
    }
    return sampled ? flagsOfSampled : recordAll || inTrouble ? Span.RECORDED : 0;
  }

  private boolean inRatio(long traceIdLow) {
    if (bound == Long.MAX_VALUE) {
      return true;
    }
    return bound != Long.MIN_VALUE && Math.abs(traceIdLow) < bound;
  }

  /** A leaky bucket that holds one second's worth of traces. */
  private boolean withinLimit(long nowNanos) {
    if (nanosPerTrace == 0) {
      return true;
    }
    while (true) {
      long next = nextNanos.get();
      long earliest = nowNanos - 1_000_000_000L;
      long from = next - earliest < 0 ? earliest : next;
      if (from - nowNanos > 0) {
        return false;
      }
      if (nextNanos.compareAndSet(next, from + nanosPerTrace)) {
        return true;
      }
    }
  }
}
