/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

/**
 * A piece of work on its way to another thread, with the span it belongs to.
 *
 * <p>Runs the work inside the trace of that span. Equal to the work itself where an executor's
 * queue is searched for it.
 */
public class Ticket implements Runnable {
  /** The work. */
  public final Runnable work;

  /** The span that was open where the work came from. */
  public final Span origin;

  Ticket(Runnable work, Span origin) {
    this.work = work;
    this.origin = origin;
  }

  /** The work with a ticket if a span is open on this thread, otherwise the work as it is. */
  public static Runnable of(Runnable work) {
    Span span = Current.span();
    return span == null || work == null || work instanceof Ticket ? work : new Ticket(work, span);
  }

  @Override
  public void run() {
    Current current = Current.get();
    Scope scope = Probe.enter(current, origin);
    try {
      work.run();
    } finally {
      Probe.exit(current, scope);
    }
  }

  @Override
  public String toString() {
    return work.toString();
  }
}
