/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

import io.vitals.bootstrap.TicketTable;
import io.vitals.exporter.queue.FailureLog;
import io.vitals.exporter.queue.Handoff;
import io.vitals.exporter.work.Worker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The background work behind the queue: drains, ticks, and logs what hooks failed at. */
public final class DrainWorker implements Worker {
  /** A fifth of a millisecond's work, so that a waiting exporter gets its turn. */
  private static final int MOST_SPANS = 1024;

  private static final int MOST_ROUNDS = 64;

  /**
   * Five looks a second when there is little: half a millisecond of CPU, and the queue with its
   * spill holds what comes meanwhile at 20,000 requests of four spans a second from a standing
   * start.
   */
  private static final long LONGEST_REST_NANOS = 200_000_000L;

  private static final long LOG_EVERY_NANOS = 60_000_000_000L;

  /**
   * A look at 4,104 places takes microseconds; a place taken for this long too much costs nobody.
   */
  private static final long SWEEP_EVERY_NANOS = 10_000_000_000L;

  private final Aggregator aggregator;
  private final Handoff handoff;
  private final Runnable afterwards;
  private boolean logged;
  private long lastLogNanos;
  private long lastSweepNanos = System.nanoTime();

  /**
   * Makes the work of an aggregator and its hand-off.
   *
   * @param afterwards called on the worker's thread after each look, as others may have worked off
   *     what came
   */
  public DrainWorker(Aggregator aggregator, Handoff handoff, Runnable afterwards) {
    this.aggregator = aggregator;
    this.handoff = handoff;
    this.afterwards = afterwards;
  }

  /** How much there was is what the queue counts, lists: so one of many spans is no more. */
  @Override
  public int work() {
    int waited = handoff.depth();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      if (aggregator.work(MOST_SPANS) < MOST_SPANS) {
        break;
      }
    }
    afterwards.run();
    long now = System.nanoTime();
    logFailure(now);
    if (now - lastSweepNanos >= SWEEP_EVERY_NANOS) {
      lastSweepNanos = now;
      TicketTable.sweep(now);
    }
    return waited;
  }

  private void logFailure(long now) {
    if (logged && now - lastLogNanos < LOG_EVERY_NANOS) {
      return;
    }
    FailureLog.Failure failure = handoff.failures().takeUnseen();
    if (failure != null) {
      Logger log = LoggerFactory.getLogger(DrainWorker.class);
      log.warn(
          "the hook {} failed; the application went on; failures so far: {}",
          failure.hook,
          handoff.failures().counts(),
          failure.thrown);
      logged = true;
      lastLogNanos = now;
    }
  }

  @Override
  public String name() {
    return "drain";
  }

  @Override
  public long longestRestNanos() {
    return LONGEST_REST_NANOS;
  }
}
