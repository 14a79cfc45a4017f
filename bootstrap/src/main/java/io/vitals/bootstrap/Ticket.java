/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.SynchronousQueue;

/**
 * A piece of work on its way to another thread, with the trace of the span that it belongs to.
 *
 * <p>It goes where the application does not see it: into the adapters that executors make of the
 * work, and into the queue of a thread pool, from which it is taken out before the pool shows the
 * task to anybody. What cannot be replaced by a ticket goes to the {@link TicketTable}.
 *
 * <p>Cost: without an open span one thread-local read where the work is handed in, and one where a
 * pool's thread asks for its next task; with one, a ticket of 24 bytes and a {@link Scope}.
 */
public final class Ticket implements Runnable {
  /** Class names that begin so belong to machinery that outlives the request it was used by. */
  private static final String[] MACHINERY = {
    // Continuations of virtual threads: nothing of ours on a scheduler's path.
    "java.lang.VirtualThread",
    // The thread that waits for a child process.
    "java.lang.Process",
    // Adapters, which carry a ticket themselves.
    "java.util.concurrent.ForkJoin",
    // A connection's next request may be read by it.
    "org.apache.tomcat.util.net.",
    "org.apache.coyote.",
    "org.eclipse.jetty.server.",
    "org.eclipse.jetty.io.",
    // Loops that live as long as their pool.
    "org.eclipse.jetty.util.thread.",
    "io.netty.util.concurrent.SingleThreadEventExecutor$",
    "com.mysql.cj.jdbc.AbandonedConnectionCleanupThread",
  };

  private final Runnable work;
  private final Scope scope;

  private Ticket(Runnable work, Scope scope) {
    this.work = work;
    this.scope = scope;
  }

  /** The work with a ticket if a span is open on this thread, otherwise the work as it is. */
  public static Runnable of(Runnable work) {
    Span span = Current.span();
    if (span == null || work instanceof Ticket || !travels(work)) {
      return work;
    }
    return new Ticket(work, Probe.detach(span));
  }

  /**
   * Prepares work for the queue of a thread pool: the work with a ticket where the queue asks
   * nothing of its elements and the work may be shared between submissions, otherwise the work as
   * it is, which the {@link TicketTable} remembers.
   */
  public static Runnable queued(Runnable work, Object queue) {
    Span span = Current.span();
    if (span == null || work instanceof FutureTask || work instanceof Ticket || !travels(work)) {
      return work;
    }
    if (work.getClass().isSynthetic() && !(work instanceof Comparable) && asksNothing(queue)) {
      return new Ticket(work, Probe.detach(span));
    }
    TicketTable.put(work, Probe.detach(span));
    return work;
  }

  /** Whether a queue only compares its elements for being equal. */
  private static boolean asksNothing(Object queue) {
    if (queue == null) {
      return true;
    }
    Class<?> type = queue.getClass();
    return type == LinkedBlockingQueue.class
        || type == SynchronousQueue.class
        || type == ArrayBlockingQueue.class
        || type == LinkedTransferQueue.class
        || type == LinkedBlockingDeque.class;
  }

  /** Whether work goes on with the trace that it comes from; not null and not machinery. */
  static boolean travels(Object work) {
    if (work == null) {
      return false;
    }
    String name = work.getClass().getName();
    for (String machinery : MACHINERY) {
      if (name.startsWith(machinery)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Opens on a pool's thread the trace that the task belongs to, until {@link #finished}.
   *
   * @return the task as the application knows it
   */
  public static Runnable received(Runnable task) {
    Runnable work = task;
    Scope scope;
    if (task instanceof Ticket) {
      Ticket ticket = (Ticket) task;
      work = ticket.work;
      scope = ticket.scope;
    } else if (!TicketTable.armed || task == null || task instanceof FutureTask) {
      return task;
    } else {
      scope = TicketTable.take(task);
      if (scope == null) {
        return task;
      }
    }
    Current current = Current.get();
    current.lent = Probe.attach(current, scope);
    return work;
  }

  /**
   * Closes on a pool's thread whatever the task before has left open: what runs next on this thread
   * has nothing to do with it.
   */
  public static void finished() {
    Current current = Current.ifAny();
    if (current == null) {
      return;
    }
    Scope scope = current.lent;
    if (scope != null) {
      current.lent = null;
      Probe.exit(current, scope);
    }
    current.span = null;
  }

  /** The task as the application knows it, which is not going to run here. */
  public static Runnable returned(Runnable task) {
    if (task instanceof Ticket) {
      return ((Ticket) task).work;
    }
    if (TicketTable.armed && task != null) {
      TicketTable.take(task);
    }
    return task;
  }

  /** Makes the tasks of a list those that the application knows. */
  public static void returned(List<Runnable> tasks) {
    for (int i = 0; i < tasks.size(); i++) {
      Runnable task = tasks.get(i);
      Runnable known = returned(task);
      if (known != task) {
        tasks.set(i, known);
      }
    }
  }

  /** What to look for in a queue to find the work, with or without a ticket. */
  public static Runnable sought(Runnable work) {
    boolean mayHaveTicket = work != null && !(work instanceof Ticket);
    return mayHaveTicket && work.getClass().isSynthetic() ? new Ticket(work, null) : work;
  }

  @Override
  public void run() {
    Current current = Current.get();
    Scope opened = Probe.attach(current, scope);
    try {
      work.run();
    } finally {
      Probe.exit(current, opened);
    }
  }

  /** A ticket without a trace is equal to its work and to every ticket of it. */
  @Override
  public boolean equals(Object other) {
    if (this == other || scope != null) {
      return this == other;
    }
    return other instanceof Ticket ? work.equals(((Ticket) other).work) : work.equals(other);
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(work);
  }

  @Override
  public String toString() {
    return work.toString();
  }
}
