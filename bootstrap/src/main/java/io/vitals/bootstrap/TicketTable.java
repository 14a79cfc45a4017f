/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Remembers the traces of tasks that are known to the application by their identity and so cannot
 * be replaced by a {@link Ticket}.
 *
 * <p>Lock-free and lossy: a table of fixed size, in which a task that finds no place puts out
 * another, whose work then starts a trace of its own; {@link #lost} counts them. The task is held
 * weakly, so that one that never runs is not kept; its place is free again when it was collected.
 *
 * <p>Any thread. Cost: nothing while the table is empty but the read of {@link #armed}; otherwise
 * an identity hash and up to {@value #WINDOW} reads a task that runs. A task that is put in costs
 * one entry of 40 bytes, a scope of 88 and one compare-and-set.
 */
public final class TicketTable {
  /**
   * Places: more tasks with an open span than this wait for a thread only where requests are piling
   * up anyway; 16 KB of references.
   */
  static final int PLACES = 4096;

  /** Places where one task may be: at half load one in ten thousand finds none of eight free. */
  static final int WINDOW = 8;

  /**
   * A task that has not run after ten minutes belongs to no request that anybody still waits for.
   */
  static final long LONGEST_WAIT_NANOS = 600_000_000_000L;

  private static final AtomicReferenceArray<Entry> TABLE =
      new AtomicReferenceArray<>(PLACES + WINDOW);

  private static final AtomicLong LOST = new AtomicLong();

  /** Whether there may be something in the table; looked at before it is asked. */
  public static volatile boolean armed;

  private TicketTable() {}

  /** A task and its trace. */
  private static final class Entry extends WeakReference<Object> {
    final Scope scope;

    /** When the sweep first saw it, or 0. */
    long seenNanos;

    Entry(Object task, Scope scope) {
      super(task);
      this.scope = scope;
    }
  }

  /** Remembers the span that is open on this thread, if any, for a task that is handed in. */
  public static void put(Object task) {
    Span span = Current.span();
    if (span != null && Ticket.travels(task)) {
      put(task, Probe.detach(span));
    }
  }

  static void put(Object task, Scope scope) {
    Entry entry = new Entry(task, scope);
    int first = placeOf(task);
    boolean placed = false;
    for (int at = first; at < first + WINDOW && !placed; at++) {
      Entry old = TABLE.get(at);
      placed = (old == null || old.get() == null) && TABLE.compareAndSet(at, old, entry);
    }
    if (!placed) {
      TABLE.set(first, entry);
      LOST.incrementAndGet();
    }
    // After the entry is in: see sweep.
    if (!armed) {
      armed = true;
    }
  }

  /** The trace of a task, which the table then forgets; or null. */
  static Scope take(Object task) {
    int first = placeOf(task);
    for (int at = first; at < first + WINDOW; at++) {
      Entry entry = TABLE.get(at);
      if (entry != null && entry.get() == task && TABLE.compareAndSet(at, entry, null)) {
        return entry.scope;
      }
    }
    return null;
  }

  /**
   * Opens on this thread the trace that the task belongs to.
   *
   * @return what {@link #exit} takes, or null if there is nothing to open
   */
  public static Scope enter(Object task) {
    Scope scope = take(task);
    return scope == null ? null : Probe.attach(Current.get(), scope);
  }

  /** Closes what {@link #enter} has opened. */
  public static void exit(Scope opened) {
    if (opened != null) {
      Probe.exit(Current.get(), opened);
    }
  }

  /**
   * Clears the places of tasks that will not run, and disarms an empty table; for the agent's own
   * thread, about once an interval.
   */
  public static void sweep(long nowNanos) {
    if (!armed) {
      return;
    }
    // Disarmed before the look: an entry that the look misses is put in later and arms again.
    armed = false;
    boolean any = false;
    for (int at = 0; at < TABLE.length(); at++) {
      Entry entry = TABLE.get(at);
      if (entry == null) {
        continue;
      }
      if (entry.seenNanos == 0) {
        entry.seenNanos = nowNanos | 1;
      }
      boolean over = nowNanos - entry.seenNanos > LONGEST_WAIT_NANOS;
      if (over || entry.get() == null) {
        TABLE.compareAndSet(at, entry, null);
      } else {
        any = true;
      }
    }
    if (any) {
      armed = true;
    }
  }

  /** How many tasks have lost their trace to another since the start. */
  public static long lost() {
    return LOST.get();
  }

  private static int placeOf(Object task) {
    // Fibonacci hashing spreads the 25 to 31 bits of an identity hash over the top 12.
    return System.identityHashCode(task) * 0x9E3779B9 >>> 20;
  }
}
