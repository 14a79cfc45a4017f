/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import java.util.concurrent.Callable;

/**
 * A {@link Callable} on its way to another thread, with the trace of the span that it belongs to.
 *
 * <p>It takes the place of the callable inside a future, where the application does not see it.
 * Cost: as {@link Ticket}.
 */
public final class CallTicket<V> implements Callable<V> {
  private final Callable<V> work;
  private final Scope scope;

  private CallTicket(Callable<V> work, Scope scope) {
    this.work = work;
    this.scope = scope;
  }

  /** The work with a ticket if a span is open on this thread, otherwise the work as it is. */
  public static <V> Callable<V> of(Callable<V> work) {
    Span span = Current.span();
    if (span == null || work instanceof CallTicket || !Ticket.travels(work)) {
      return work;
    }
    return new CallTicket<>(work, Probe.detach(span));
  }

  /**
   * As {@link #of}, for the callable that was made of a runnable, unless the runnable is machinery.
   */
  public static <V> Callable<V> of(Callable<V> work, Runnable madeOf) {
    return Current.span() == null || !Ticket.travels(madeOf) ? work : of(work);
  }

  /** The work without its ticket. */
  public static <V> Callable<V> workOf(Callable<V> work) {
    return work instanceof CallTicket ? ((CallTicket<V>) work).work : work;
  }

  @Override
  public V call() throws Exception {
    Current current = Current.get();
    Scope opened = Probe.attach(current, scope);
    try {
      return work.call();
    } finally {
      Probe.exit(current, opened);
    }
  }

  @Override
  public String toString() {
    return work.toString();
  }
}
