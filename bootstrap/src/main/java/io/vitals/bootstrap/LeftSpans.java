/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Keeps the spans of exchanges whose thread has gone before they were answered, for a server that
 * has no place of its own to keep them.
 *
 * <p>Lock-free, of fixed size; an exchange is held weakly. A span that finds no place is ended at
 * once, and one whose exchange was collected is ended when its place is needed: every span ends,
 * and ends once.
 *
 * <p>Any thread. Cost: nothing while it is empty but the read of {@link #armed}; otherwise an
 * identity hash and up to {@value #WINDOW} reads.
 */
public final class LeftSpans {
  /** Places: exchanges that wait for another thread at the same time; 4 KB of references. */
  static final int PLACES = 1024;

  /** Places where one exchange may be: at half load one in ten thousand finds none of eight. */
  static final int WINDOW = 8;

  private static final AtomicReferenceArray<Entry> TABLE =
      new AtomicReferenceArray<>(PLACES + WINDOW);

  /** Whether there ever was something in the table; looked at before it is asked. */
  public static volatile boolean armed;

  private LeftSpans() {}

  /** An exchange and its span. */
  private static final class Entry extends WeakReference<Object> {
    final ServerSpan span;

    Entry(Object exchange, ServerSpan span) {
      super(exchange);
      this.span = span;
    }
  }

  /** Leaves an open span of this thread with its exchange. */
  public static void put(Current current, Object exchange, ServerSpan span) {
    Probe.leave(current, span);
    armed = true;
    Entry entry = new Entry(exchange, span);
    int first = placeOf(exchange);
    for (int at = first; at < first + WINDOW; at++) {
      Entry old = TABLE.get(at);
      if ((old == null || old.get() == null) && TABLE.compareAndSet(at, old, entry)) {
        if (old != null) {
          Probe.end(current, old.span, null);
        }
        return;
      }
    }
    Probe.end(current, span, null);
  }

  /** The span of an exchange, which the table then forgets; or null. */
  public static ServerSpan take(Object exchange) {
    int first = placeOf(exchange);
    for (int at = first; at < first + WINDOW; at++) {
      Entry entry = TABLE.get(at);
      if (entry != null && entry.get() == exchange && TABLE.compareAndSet(at, entry, null)) {
        return entry.span;
      }
    }
    return null;
  }

  private static int placeOf(Object exchange) {
    // Fibonacci hashing spreads the 25 to 31 bits of an identity hash over the top 10.
    return System.identityHashCode(exchange) * 0x9E3779B9 >>> 22;
  }
}
