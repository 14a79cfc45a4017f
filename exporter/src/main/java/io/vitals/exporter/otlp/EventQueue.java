/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The way of alerts and other events to the export: small, and flushed before anything else. */
public final class EventQueue {
  /** Twice what a hundred rules that all change at once have to say; 1 KB each at most. */
  static final int CAPACITY = 256;

  private final ArrayBlockingQueue<LogEvent> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong dropped = new AtomicLong();
  private volatile Thread reader;

  /** Puts an event in; never waits. */
  public void add(LogEvent event) {
    while (!queue.offer(event)) {
      // The newest state of an alert is worth more than the oldest.
      if (queue.poll() != null) {
        dropped.incrementAndGet();
      }
    }
    LockSupport.unpark(reader);
  }

  /** Says whom to wake for each event that comes from now on. */
  void readBy(Thread reader) {
    this.reader = reader;
  }

  /** Moves what waits. */
  public void drainTo(List<LogEvent> into) {
    queue.drainTo(into);
  }

  /** How many wait. */
  public int size() {
    return queue.size();
  }

  /** How many found no room. */
  public long dropped() {
    return dropped.get();
  }
}
