/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.work;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon thread that runs one {@link Worker} until it is stopped.
 *
 * <p>Rests after each step: twice as long as before if it found little, {@value
 * #LONGEST_REST_NANOS} ns at most unless the worker knows better, and half as long if it did
 * {@value #MUCH} or more, {@value #SHORTEST_REST_NANOS} ns at least. So it wakes as often as the
 * work needs. Other threads of ours may wake it, never an application's.
 */
public final class WorkerThread {
  /** 2 ms: 100,000 requests a second fill a tenth of the default queue in it. */
  static final long SHORTEST_REST_NANOS = 2_000_000;

  /** 50 ms: twenty wake-ups a second, under a thousandth of one core. */
  static final long LONGEST_REST_NANOS = 50_000_000;

  /** A quarter of the default hand-off queue. */
  static final int MUCH = 512;

  /** Our own frames are shallow; the SQL lexer and the OTLP exporter do not recurse. */
  private static final long STACK_BYTES = 256 * 1024;

  private static final long LOG_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Worker worker;
  private final Thread thread;
  private final AtomicLong failures = new AtomicLong();
  private volatile boolean stopping;
  private boolean logged;
  private long lastLogNanos;
  private long suppressed;

  private WorkerThread(Worker worker) {
    this.worker = worker;
    this.thread = make(this::run, worker.name());
  }

  /** A daemon thread of the agent that somebody else runs; not started yet. */
  public static Thread make(Runnable work, String name) {
    Thread made = new Thread(topGroup(), work, "vitals-" + name, STACK_BYTES);
    made.setDaemon(true);
    made.setContextClassLoader(WorkerThread.class.getClassLoader());
    return made;
  }

  /** Starts a thread for {@code worker}. */
  public static WorkerThread start(Worker worker) {
    WorkerThread started = new WorkerThread(worker);
    started.thread.start();
    return started;
  }

  /** How many steps ended in an exception. */
  public long failures() {
    return failures.get();
  }

  /** The thread, for those who measure it. */
  public Thread thread() {
    return thread;
  }

  /**
   * Lets the step that is running end, closes the worker, and waits for that at most so long.
   *
   * @return whether the thread has ended
   */
  public boolean stop(long timeout, TimeUnit unit) {
    stopping = true;
    LockSupport.unpark(thread);
    try {
      unit.timedJoin(thread, timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }

  private void run() {
    long rest = SHORTEST_REST_NANOS;
    worker.begin(thread);
    while (!stopping) {
      int done = 0;
      try {
        done = worker.work();
      } catch (Throwable failure) {
        failed(failure);
      }
      long longest = worker.longestRestNanos();
      rest =
          done >= MUCH
              ? Math.max(rest / 2, SHORTEST_REST_NANOS)
              : Math.max(rest, Math.min(rest * 2, longest));
      if (!stopping) {
        LockSupport.parkNanos(Math.min(rest, longest));
      }
    }
    try {
      worker.close();
    } catch (Throwable failure) {
      failed(failure);
    }
  }

  private void failed(Throwable failure) {
    failures.incrementAndGet();
    long now = System.nanoTime();
    if (logged && now - lastLogNanos < LOG_EVERY_NANOS) {
      suppressed++;
      return;
    }
    Logger log = LoggerFactory.getLogger(WorkerThread.class);
    log.warn("{} failed; {} more failures were not shown", thread.getName(), suppressed, failure);
    logged = true;
    lastLogNanos = now;
    suppressed = 0;
  }

  /**
   * The outermost thread group, so that no application's group lists, interrupts or destroys us.
   */
  private static ThreadGroup topGroup() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    try {
      while (group != null && group.getParent() != null) {
        group = group.getParent();
      }
    } catch (SecurityException e) {
      return Thread.currentThread().getThreadGroup();
    }
    return group;
  }
}
