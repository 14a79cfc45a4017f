/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.host;

import io.vitals.agent.extension.Extension;
import io.vitals.agent.extension.MetricDefinition;
import io.vitals.exporter.work.Worker;
import io.vitals.exporter.work.WorkerThread;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One extension at work: measures on a thread of its own whenever it is asked to.
 *
 * <p>{@link #ask} never waits; {@link #take} waits until a given moment, and not at all for an
 * extension that was too slow the last time. So one that hangs costs the rules a tenth of a second
 * once.
 */
final class RunningExtension implements Worker {
  /** Beyond which what an extension said is no longer shown; evaluations are 10 s apart. */
  private static final long STALE_NANOS = TimeUnit.MINUTES.toNanos(1);

  final String name;
  final List<MetricDefinition> metrics;
  final List<OwnChannelType> channels;
  private final Extension extension;
  private final ExtensionFailures failures;
  private final MeasuredPoints points;

  /** Guarded by this: whether a call is wanted or running. */
  private boolean asked;

  /** Guarded by this: what came since the last {@link #take}. */
  private List<Point> fresh = Collections.emptyList();

  /** Guarded by this: what came last, and when. */
  private List<Point> newest = Collections.emptyList();

  private long newestNanos;

  /** Guarded by this: whether the last call took, or takes, longer than rules wait. */
  private boolean isSlow;

  /** Only for the rules' thread. */
  private boolean isSlowSaid;

  private WorkerThread thread;

  RunningExtension(
      Extension extension,
      String name,
      List<MetricDefinition> metrics,
      List<OwnChannelType> channels,
      ExtensionFailures failures) {
    this.extension = extension;
    this.name = name;
    this.metrics = metrics;
    this.channels = channels;
    this.failures = failures;
    this.points = new MeasuredPoints(metrics);
  }

  /** Wants new values, unless it is still at work on the last ones; on the rules' thread. */
  void ask() {
    if (metrics.isEmpty()) {
      return;
    }
    synchronized (this) {
      asked = true;
    }
    if (thread == null) {
      thread = WorkerThread.start(this);
    } else {
      LockSupport.unpark(thread.thread());
    }
  }

  /** What came since the last time; on the rules' thread, after {@link #ask}. */
  List<Point> take(long untilNanos) {
    synchronized (this) {
      long left = untilNanos - System.nanoTime();
      while (asked && !isSlow && left > 0) {
        try {
          TimeUnit.NANOSECONDS.timedWait(this, left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          break;
        }
        left = untilNanos - System.nanoTime();
      }
      if (asked) {
        isSlow = true;
      }
      List<Point> taken = fresh;
      fresh = Collections.emptyList();
      if (!asked || !taken.isEmpty()) {
        return taken;
      }
    }
    late();
    return Collections.emptyList();
  }

  private void late() {
    if (isSlowSaid) {
      failures.count(name, ExtensionFailures.Reason.SLOW);
      return;
    }
    isSlowSaid = true;
    failures.failed(
        name,
        ExtensionFailures.Reason.SLOW,
        "measure() takes more than "
            + Extensions.WAIT_MILLIS
            + " ms; rules go on without waiting for it");
  }

  /** What it said last, unless that is too long ago; for any thread. */
  synchronized List<Point> newest() {
    return System.nanoTime() - newestNanos > STALE_NANOS ? Collections.<Point>emptyList() : newest;
  }

  @Override
  public String name() {
    return "extension-" + name;
  }

  @Override
  public int work() {
    synchronized (this) {
      if (!asked) {
        return 0;
      }
    }
    long start = System.nanoTime();
    List<Point> measured = measure();
    synchronized (this) {
      isSlow = System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(Extensions.WAIT_MILLIS);
      asked = false;
      fresh = measured;
      newest = measured;
      newestNanos = System.nanoTime();
      notifyAll();
    }
    return 1;
  }

  private List<Point> measure() {
    Thread.currentThread().setContextClassLoader(extension.getClass().getClassLoader());
    points.clear();
    try {
      extension.measure(points);
    } catch (Throwable thrown) {
      failures.failed(
          name, ExtensionFailures.Reason.MEASURE, "measure() has thrown " + described(thrown));
      return Collections.emptyList();
    }
    if (points.refused() > 0) {
      failures.failed(
          name,
          ExtensionFailures.Reason.SERIES_LIMIT,
          "more than " + MeasuredPoints.MOST_SERIES + " series; the others are left out");
    }
    return points.points();
  }

  /** Its text, or its class if its text throws. */
  static String described(Throwable thrown) {
    try {
      return thrown.toString();
    } catch (RuntimeException | LinkageError fromItsMessage) {
      return thrown.getClass().getName();
    }
  }

  void stop() {
    if (thread != null) {
      thread.stop(0, TimeUnit.MILLISECONDS);
    }
  }
}
