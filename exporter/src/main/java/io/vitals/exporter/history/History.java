/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.history;

import io.vitals.exporter.aggregate.Interval;
import io.vitals.exporter.alert.AlertEvent;
import io.vitals.exporter.alert.AlertListener;
import io.vitals.exporter.alert.IntervalListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What happened in the last day: summaries of the intervals, transitions of the alerts.
 *
 * <p>Fed on the thread that evaluates the rules; may be read by any.
 */
public final class History implements AlertListener, IntervalListener {
  /** A hundred rules that each fire and end once an hour have 4,800 a day. */
  static final int MOST_TRANSITIONS = 10_000;

  private static final long DAY_NANOS = TimeUnit.HOURS.toNanos(24);

  private final SummaryRing summaries = new SummaryRing();
  private final ArrayDeque<Transition> transitions = new ArrayDeque<>();
  private final HistoryFiles files;
  private final LongSupplier aheadNanos;
  private Summary running;
  private boolean readBack;

  /**
   * Makes a history.
   *
   * @param files where it is written too, or null; what they hold of the last day is read back
   * @param aheadNanos by how much the clock that people read is ahead of that of the intervals
   */
  public History(HistoryFiles files, LongSupplier aheadNanos) {
    this.files = files;
    this.aheadNanos = aheadNanos;
  }

  /** Reads files only once, and not while the application starts. */
  private synchronized void readBack(long nowEpochNanos) {
    if (files != null && !readBack) {
      readBack = true;
      for (Transition each : files.transitionsSince(nowEpochNanos - DAY_NANOS)) {
        add(each);
      }
    }
  }

  @Override
  public void changed(AlertEvent event) {
    if (!event.isRepeat()) {
      note(Transition.of(event));
    }
  }

  /** Notes that somebody has taken on an alert. */
  public void acknowledged(AlertEvent event, String by, long nowEpochNanos) {
    note(
        new Transition(
            nowEpochNanos,
            event.fingerprint,
            event.ruleName,
            event.severity,
            null,
            by,
            event.summary));
  }

  private void note(Transition transition) {
    readBack(transition.epochNanos);
    add(transition);
    if (files != null) {
      files.write(transition);
    }
  }

  private void add(Transition transition) {
    synchronized (transitions) {
      transitions.add(transition);
      while (transitions.size() > MOST_TRANSITIONS
          || transition.epochNanos - transitions.peek().epochNanos > DAY_NANOS) {
        transitions.poll();
      }
    }
  }

  @Override
  public void closed(Interval interval) {
    readBack(interval.endEpochNanos() + aheadNanos.getAsLong());
    Summary added = Summary.of(interval);
    running = running == null ? added : running.merge(added);
    // Looks may be more frequent than what is worth keeping.
    if (running.endEpochNanos - running.startEpochNanos >= SummaryRing.FINE_NANOS * 9 / 10) {
      flush();
    }
  }

  @Override
  public void ended() {
    flush();
  }

  private void flush() {
    Summary done = running;
    running = null;
    if (done == null) {
      return;
    }
    summaries.add(done);
    if (files != null) {
      files.write(done.moved(aheadNanos.getAsLong()));
    }
  }

  /** A day of summaries at falling resolution, the oldest first. */
  public List<Summary> summaries() {
    long ahead = aheadNanos.getAsLong();
    List<Summary> told = new ArrayList<>();
    for (Summary summary : summaries.all()) {
      told.add(summary.moved(ahead));
    }
    return told;
  }

  /** The transitions of a day, the oldest first. */
  public List<Transition> transitions() {
    synchronized (transitions) {
      return new ArrayList<>(transitions);
    }
  }

  /** Statistics over the transitions of a day. */
  public AlertStatistics statistics() {
    return AlertStatistics.of(transitions());
  }
}
