/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import java.util.concurrent.ThreadLocalRandom;

/**
 * What woven code calls: starts spans, ends them, carries them across threads.
 *
 * <p>Every method may be called on any thread, never throws, never waits, and accepts a null span,
 * which is what a start returns when there is nothing to record. The thread that starts a span ends
 * it, or says {@link #leave} first and lets any one thread end it later.
 *
 * <p>Cost: one thread-local read and one {@code nanoTime} a start and an end; the span is the only
 * allocation.
 */
public final class Probe {
  /** A root hands off what has finished when it has gathered this many: 32 spans are 3 KB. */
  static final int MOST_GATHERED = 32;

  /**
   * A root hands off what has finished when the last hand-off is this old: well under an interval.
   */
  static final long LONGEST_HELD_NANOS = 2_000_000_000L;

  /** Spans a local root may put into its trace; what comes after is counted but not shown. */
  public static final int MOST_SPANS = 1024;

  private static volatile Sink sink = new NoSink();

  private Probe() {}

  /** Replaces the sink, and returns the one before. */
  public static Sink install(Sink replacement) {
    Sink before = sink;
    sink = replacement;
    return before;
  }

  /** Starts to answer a request whose incoming headers were put into {@code current}. */
  public static ServerSpan startServer(Current current, String path) {
    ServerSpan span = new ServerSpan();
    Settings settings = Settings.current;
    boolean remoteSampled = current.takeIncoming(settings.propagation, span);
    boolean ignored = !settings.ignoredPaths.isEmpty() && settings.ignoredPaths.matches(path);
    openRoot(current, span, settings, remoteSampled, ignored);
    if (span.recorded()) {
      span.details = new ServerDetails();
    }
    return span;
  }

  /** Says that a request's method and scheme are known now, after which they must not change. */
  public static void opened(ServerSpan span) {
    ActiveRequests active = Settings.current.activeRequests;
    if (active != null && (span.bits & Span.PASSED_ON) == 0) {
      span.bits |= Span.COUNTED;
      active.opened(span);
    }
  }

  private static void closed(ServerSpan span) {
    ActiveRequests active = Settings.current.activeRequests;
    if (active != null) {
      active.closed(span);
    }
  }

  /** Starts to send a request; null inside another client call, which is the one that counts. */
  public static ClientSpan startClient(Current current) {
    if (current.span instanceof ClientSpan) {
      return null;
    }
    ClientSpan span = new ClientSpan();
    open(current, span);
    return span;
  }

  /** Starts a database call; the caller has looked whether one is open already. */
  public static DbSpan startDb(Current current) {
    DbSpan span = new DbSpan();
    open(current, span);
    return span;
  }

  /**
   * Starts the call of a method.
   *
   * @param method see {@link MethodSpan#method}
   */
  public static MethodSpan startMethod(Current current, String method) {
    MethodSpan span = new MethodSpan(method);
    open(current, span);
    return span;
  }

  private static void open(Current current, Span span) {
    Span parent = current.span;
    if (parent == null) {
      openRoot(current, span, Settings.current, false, false);
      return;
    }
    span.childOf(parent);
    span.spanId = (span.bits & Span.PASSED_ON) != 0 ? parent.spanId : newId();
    span.parent = parent;
    span.root = parent.root;
    leaveOut(span, span.root.trail);
    span.startNanos = System.nanoTime();
    // Last: where the stack overflows before, nothing is left open.
    current.span = span;
  }

  private static void leaveOut(Span span, Trail trail) {
    if (trail != null && trail.handedOff >= MOST_SPANS && span.recorded()) {
      span.bits = span.bits & ~Span.RECORDED | Span.LEFT_OUT;
    }
  }

  private static void openRoot(
      Current current, Span span, Settings settings, boolean remoteSampled, boolean ignored) {
    boolean remote = (span.bits & Span.REMOTE_PARENT) != 0;
    if (settings.passThrough) {
      passThrough(current, span, remoteSampled);
      return;
    }
    if (!remote) {
      span.traceIdHigh = newId();
      span.traceIdLow = newId();
      span.bits |= Span.RANDOM_ID;
    }
    span.spanId = newId();
    span.root = span;
    span.parent = current.span;
    span.startNanos = System.nanoTime();
    // What is ignored takes nothing from the traces that a second may have.
    if (!ignored) {
      span.bits |= settings.sampler.decide(span.traceIdLow, remote, remoteSampled, span.startNanos);
    }
    current.span = span;
  }

  private static void passThrough(Current current, Span span, boolean remoteSampled) {
    span.spanId = span.parentSpanId;
    span.root = span;
    span.parent = current.span;
    current.span = span;
    span.bits |= Span.PASSED_ON | (remoteSampled ? Span.SAMPLED : 0);
  }

  /**
   * Ends a span on the thread that started or resumed it. A second end has no effect.
   *
   * @param error what failed, or null to leave what the span says
   */
  public static void end(Current current, Span span, Object error) {
    if (span == null || (span.bits & Span.ENDED) != 0) {
      return;
    }
    span.endNanos = System.nanoTime();
    span.bits |= Span.ENDED;
    if ((span.bits & Span.COUNTED) != 0) {
      closed((ServerSpan) span);
    }
    if (error != null) {
      span.error = error;
    }
    if (current.span == span) {
      current.span = span.parent;
    }
    Span root = span.root;
    span.parent = null;
    // A root that ended first, on another thread, was handed off already: nobody would come for
    // this.
    if (root == span || (root.bits & Span.ENDED) != 0) {
      sink.offer(span);
      return;
    }
    gather(root, span);
  }

  private static void gather(Span root, Span span) {
    span.next = root.next;
    root.next = span;
    int gathered = root.gathered() + 1;
    root.bits = root.bits & ~(0x3f << Span.GATHERED_SHIFT) | gathered << Span.GATHERED_SHIFT;
    Trail trail = root.trail;
    // Again, as all spans of a deep recursion are open before the first one ends.
    leaveOut(span, trail);
    long since = trail == null || trail.handedOff == 0 ? root.startNanos : trail.handedOffNanos;
    if (gathered >= MOST_GATHERED || span.endNanos - since > LONGEST_HELD_NANOS) {
      handOffPart(root, gathered, span.endNanos);
    }
  }

  private static void handOffPart(Span root, int gathered, long nowNanos) {
    Trail trail = root.trail;
    if (trail == null) {
      trail = root.trail = new Trail();
    }
    trail.handedOff += gathered;
    trail.handedOffNanos = nowNanos;
    Span newest = root.next;
    root.next = null;
    root.bits &= ~(0x3f << Span.GATHERED_SHIFT);
    sink.offer(newest);
  }

  /**
   * Closes a span on this thread without ending it: it will end later, perhaps elsewhere, and is
   * then handed off alone with what it gathered itself.
   */
  public static void leave(Current current, Span span) {
    if (span == null) {
      return;
    }
    if (current.span == span) {
      current.span = span.parent;
    }
    span.parent = null;
    Span root = span.root;
    if (root != span) {
      span.trail = copy(root.trail);
      span.root = span;
    }
  }

  private static Trail copy(Trail trail) {
    if (trail == null || trail.traceState == null && trail.baggage == null) {
      return null;
    }
    Trail copy = new Trail();
    copy.traceState = trail.traceState;
    copy.baggage = trail.baggage;
    return copy;
  }

  /** Opens a span that was left, on the thread that goes on with it. */
  public static void resume(Current current, Span span) {
    if (span != null && (span.bits & Span.ENDED) == 0 && current.span != span) {
      span.parent = current.span;
      current.span = span;
    }
  }

  /**
   * Opens the trace of a span of another thread on this one.
   *
   * @param origin a span that was open where the work came from; it may have ended since
   * @return what {@link #exit} takes, or null if there is nothing to open
   */
  public static Scope enter(Current current, Span origin) {
    return origin == null || belongs(current, origin) ? null : attach(current, detach(origin));
  }

  /**
   * Takes from a span that is open on this thread what {@link #attach} needs to go on with its
   * trace elsewhere; keeps nothing of the span itself alive.
   */
  public static Scope detach(Span origin) {
    Scope scope = new Scope();
    scope.childOf(origin);
    scope.spanId = origin.spanId;
    scope.trail = copy(origin.root.trail);
    scope.root = scope;
    return scope;
  }

  /**
   * Opens a detached trace on this thread.
   *
   * @return what {@link #exit} takes, or null if there is nothing to open
   */
  public static Scope attach(Current current, Scope detached) {
    if (detached == null || belongs(current, detached)) {
      return null;
    }
    // Work that runs twice: what ended in the first run may still be read by the drain thread.
    Scope scope = detached.startNanos == 0 ? detached : detach(detached);
    scope.parent = current.span;
    scope.startNanos = System.nanoTime();
    current.span = scope;
    return scope;
  }

  /** Whether a span, or a scope of it, is the innermost of the thread already. */
  private static boolean belongs(Current current, Span span) {
    return current.span != null && current.span.spanId == span.spanId;
  }

  /**
   * Closes a scope on its thread, with whatever was left open inside, and hands off what ended
   * inside.
   */
  public static void exit(Current current, Scope scope) {
    if (scope == null) {
      return;
    }
    current.span = scope.parent;
    scope.parent = null;
    scope.bits |= Span.ENDED;
    if (scope.next != null) {
      sink.offer(scope);
    }
  }

  /** Counts a failure of the hook {@code name} that was kept from the application. */
  public static void failure(Throwable failure, String name) {
    sink.failure(name, failure);
  }

  private static long newId() {
    long id;
    do {
      id = ThreadLocalRandom.current().nextLong();
    } while (id == 0);
    return id;
  }
}
