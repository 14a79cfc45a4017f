/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A request that servlets and filters answer in a container which no hook of its own measures.
 *
 * <p>One thread is in it at a time. An asynchronous request is left by its thread, and either
 * resumed by the one that it is dispatched to or ended by the one that completes it; a container
 * that completes it too early, while a thread is in it, has that thread end it. Asynchronous
 * requests are found by the container's request object in a table of fixed size, which holds
 * nothing of the application alive.
 *
 * <p>Cost: 40 bytes a request; an asynchronous one 40 more, and a few reads where it is resumed.
 */
public final class ServletExchange {
  /** Asynchronous requests that are open at the same time; 4 KB of references. */
  static final int PLACES = 1024;

  /** Places where one of them may be: at half load one in ten thousand finds none of eight. */
  static final int WINDOW = 8;

  private static final int ENTERED = 0;
  private static final int LEFT = 1;
  private static final int ANSWERED = 2;
  private static final int ENDED = 3;

  private static final AtomicReferenceArray<Place> TABLE =
      new AtomicReferenceArray<>(PLACES + WINDOW);

  /** The span, which this ends once. */
  public final ServerSpan span;

  /** The container's own request. */
  public final Object request;

  /** The container's own response. */
  public final Object response;

  private final AtomicInteger state = new AtomicInteger(ENTERED);
  private Object asyncContext;

  private ServletExchange(ServerSpan span, Object request, Object response) {
    this.span = span;
    this.request = request;
    this.response = response;
  }

  /** An asynchronous exchange, as long as its container holds it, and its span. */
  private static final class Place extends WeakReference<ServletExchange> {
    final ServerSpan span;

    Place(ServletExchange exchange) {
      super(exchange);
      this.span = exchange.span;
    }

    boolean isFree() {
      return get() == null || (span.bits & Span.ENDED) != 0;
    }
  }

  /** Enters the exchange of a span that was just started on this thread. */
  public static ServletExchange enter(
      Current current, ServerSpan span, Object request, Object response) {
    ServletExchange entered = new ServletExchange(span, request, response);
    current.exchange = entered;
    return entered;
  }

  /** The exchange that this thread is in, or null. */
  public static ServletExchange of(Current current) {
    ServletExchange entered = current.exchange;
    Span open = current.span;
    return entered != null && open != null && open.root == entered.span ? entered : null;
  }

  /** The asynchronous exchange of a request that is not complete, or null. */
  public static ServletExchange asynchronous(Object request) {
    int first = placeOf(request);
    for (int at = first; at < first + WINDOW; at++) {
      Place place = TABLE.get(at);
      ServletExchange exchange = place == null ? null : place.get();
      if (exchange != null && exchange.request == request && !place.isFree()) {
        return exchange;
      }
    }
    return null;
  }

  /** Whether the request has become asynchronous with this context before. */
  public boolean hasStarted(Object context) {
    return asyncContext == context;
  }

  /** Notes that somebody is told when the context, and so the request, is complete. */
  public void started(Object context) {
    boolean first = asyncContext == null;
    asyncContext = context;
    if (first) {
      put();
    }
  }

  private void put() {
    Place place = new Place(this);
    int first = placeOf(request);
    for (int at = first; at < first + WINDOW; at++) {
      Place old = TABLE.get(at);
      if ((old == null || old.isFree()) && TABLE.compareAndSet(at, old, place)) {
        if (old != null) {
          // Collected, so that nobody can complete it any more.
          Probe.end(Current.get(), old.span, null);
        }
        return;
      }
    }
  }

  /** Goes on with an exchange that its thread has left; false if it has not, or has ended. */
  public boolean resume(Current current) {
    if (!state.compareAndSet(LEFT, ENTERED)) {
      return false;
    }
    Probe.resume(current, span);
    current.exchange = this;
    return true;
  }

  /**
   * Leaves the exchange that this thread is in.
   *
   * @param last whether no thread goes on with it, and nobody need say that it is complete
   * @return whether the caller has to end the span
   */
  public boolean leave(Current current, boolean last) {
    current.exchange = null;
    if (asyncContext == null || last) {
      state.set(ENDED);
      return true;
    }
    // First, as from the next line on another thread may end it.
    Probe.leave(current, span);
    if (state.compareAndSet(ENTERED, LEFT)) {
      return false;
    }
    state.set(ENDED);
    return true;
  }

  /** The asynchronous request is complete; returns whether the caller has to end the span. */
  public boolean answered() {
    return state.compareAndSet(LEFT, ENDED)
        || !state.compareAndSet(ENTERED, ANSWERED) && state.compareAndSet(LEFT, ENDED);
  }

  private static int placeOf(Object request) {
    // Fibonacci hashing spreads the 25 to 31 bits of an identity hash over the top 10.
    return System.identityHashCode(request) * 0x9E3779B9 >>> 22;
  }
}
