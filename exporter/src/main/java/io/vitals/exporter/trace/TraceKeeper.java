/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.trace;

import io.vitals.bootstrap.ClientSpan;
import io.vitals.bootstrap.DbSpan;
import io.vitals.bootstrap.MethodSpan;
import io.vitals.bootstrap.Scope;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;
import io.vitals.exporter.self.Counters;
import io.vitals.exporter.self.Drop;
import io.vitals.exporter.span.ErrorType;

/**
 * Decides which traces that the sampler dropped are kept for their outcome.
 *
 * <p>A trace is decided when its local root arrives: kept if it failed, or if it was slower than
 * its route's p99, as long as the budget lasts. Spans that arrive before the root, as parts of long
 * roots and work on other threads do, wait in {@link UndecidedSpans}; those that come after it find
 * the decision in {@link DecidedTraces}. Confined to the holder of the drain lock.
 */
public final class TraceKeeper {
  /** A few a second show what is wrong; more would be a second sampler. */
  private static final double TRACES_OF_TROUBLE_PER_SECOND = 2;

  private final boolean keepErrors;
  private final boolean keepSlow;
  private final TraceBudget budget;
  private final Counters counters;

  private final TraceBudget troubled = new TraceBudget(TRACES_OF_TROUBLE_PER_SECOND);
  private volatile boolean inTrouble;
  private final SlowRoutes slowRoutes = new SlowRoutes();
  private final UndecidedSpans undecided;
  private final DecidedTraces decided = new DecidedTraces();

  /** Makes a keeper of what failed, or was slow, or both. */
  public TraceKeeper(
      boolean keepErrors, boolean keepSlow, double tracesPerSecond, Counters counters) {
    this.keepErrors = keepErrors;
    this.keepSlow = keepSlow;
    this.budget = new TraceBudget(tracesPerSecond);
    this.counters = counters;
    this.undecided = new UndecidedSpans(counters);
  }

  /** Whether a span is the first of its trace in this process. */
  public static boolean isLocalRoot(Span span) {
    return span.root == span
        && !(span instanceof Scope)
        && (span.parentSpanId == 0 || (span.bits & Span.REMOTE_PARENT) != 0);
  }

  /** Decides the trace of a local root that was not sampled: whether it is kept all the same. */
  public boolean decide(Span root, long nowNanos) {
    boolean trouble = inTrouble;
    boolean wanted = (keepErrors || trouble) && hasFailed(root) || keepSlow && isSlow(root);
    boolean kept = wanted && budget.take(nowNanos) || trouble && !wanted && troubled.take(nowNanos);
    if (kept) {
      counters.rescued();
    } else {
      undecided.forget(root.traceIdLow);
      counters.dropped(Drop.RESCUE_BUDGET, wanted ? 1 : 0);
    }
    decided.put(root.traceIdLow, kept);
    return kept;
  }

  /**
   * Says that an alert is pending or firing, or none is any more: meanwhile some traces are kept.
   */
  public void inTrouble(boolean now) {
    inTrouble = now;
  }

  private static boolean hasFailed(Span root) {
    return root.error != null || ErrorType.of(root) != null;
  }

  private boolean isSlow(Span root) {
    return slowRoutes.isSlow(route(root), root.endNanos - root.startNanos);
  }

  /** Counts the duration of a local root for the p99 of its route. */
  public void measure(Span root) {
    slowRoutes.measure(route(root), root.endNanos - root.startNanos);
  }

  /**
   * The route of a server, the method of a method; what starts a trace elsewhere is compared with
   * its own kind.
   */
  private static Object route(Span root) {
    if (root instanceof ServerSpan) {
      String route = ((ServerSpan) root).route;
      return route == null ? ServerSpan.class : route;
    }
    if (root instanceof MethodSpan) {
      return ((MethodSpan) root).method;
    }
    return root instanceof DbSpan ? DbSpan.class : ClientSpan.class;
  }

  /** Whether the trace was decided to be kept. */
  public boolean isRescued(long traceIdLow) {
    return decided.get(traceIdLow) == DecidedTraces.KEPT;
  }

  /** Lets a span wait for its root, unless the trace is decided already. */
  public void await(Span span, long nowNanos) {
    if (decided.get(span.traceIdLow) == DecidedTraces.UNKNOWN) {
      undecided.add(span, nowNanos);
    }
  }

  /** The spans that wait for the root of this trace, linked by {@link Span#next}, or null. */
  public Span takeWaiting(long traceIdLow) {
    return undecided.take(traceIdLow);
  }

  /** Forgets what is too old. */
  public void tick(long nowNanos) {
    undecided.expire(nowNanos);
    slowRoutes.tick();
  }
}
