/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent;

import io.vitals.exporter.Exporter;
import io.vitals.exporter.queue.Handoff;

/** Sends what is left when the JVM ends, within a bound. */
final class Ending extends Thread {
  /** Long enough for a full queue of spans to a backend on another continent. */
  private static final long LONGEST_FLUSH_MILLIS = 5_000;

  /**
   * The exporter starts within a tenth of a second; more is a machine without any time to spare.
   */
  private static final long LONGEST_START_MILLIS = 2_000;

  /**
   * A run that ended sooner and has no span is a tool, such as {@code keytool} with inherited
   * options: nobody waits for its metrics, but somebody for its end.
   */
  private static final long SHORTEST_RUN_NANOS = 2_000_000_000L;

  /** What may still be starting the exporter. */
  interface Starting {
    /** Prints the start-up line and what was wrong in the configuration, unless that was done. */
    void announce();

    /** The exporter, or null if it could not be started in time. */
    Exporter await(long timeoutMillis) throws InterruptedException;
  }

  private final Starting starting;
  private final Handoff handoff;
  private final long startNanos;

  Ending(Starting starting, Handoff handoff, long startNanos) {
    super("vitals-end");
    this.starting = starting;
    this.handoff = handoff;
    this.startNanos = startNanos;
  }

  @Override
  public void run() {
    starting.announce();
    if (!handoff.wasUsed() && System.nanoTime() - startNanos < SHORTEST_RUN_NANOS) {
      return;
    }
    try {
      Exporter exporter = starting.await(LONGEST_START_MILLIS);
      if (exporter != null) {
        exporter.close(LONGEST_FLUSH_MILLIS);
      }
    } catch (InterruptedException ending) {
      interrupt();
    }
  }
}
