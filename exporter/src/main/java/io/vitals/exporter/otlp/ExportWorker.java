/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.vitals.exporter.config.Config;
import io.vitals.exporter.trace.KeptSpans;
import io.vitals.exporter.work.Worker;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Runs the exports on one thread.
 *
 * <p>Nothing of the SDK is touched until the first batch or interval is due. {@link #close} sends
 * what is left.
 */
public final class ExportWorker implements Worker {
  /** What an exit may take with a backend that answers. */
  private static final long DEFAULT_CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** What is due may be so much later than it should be: a fifth of its delay, a second at most. */
  private static final long LATEST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long SHORTEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final KeptSpans kept;
  private final EventQueue alerts;
  private final Function<Boolean, Pipeline> factory;
  private final BatchSizes sizes;
  private final LongSupplier nanoClock;
  private volatile long closeTimeoutNanos = DEFAULT_CLOSE_NANOS;
  private final long metricsDueNanos;
  private final long longestRestNanos;
  private volatile Thread thread;
  private final AtomicReference<Flush> requested = new AtomicReference<>();
  private long spansSinceNanos;
  private boolean spansSeen;
  private boolean closing;
  private volatile Pipeline pipeline;

  /**
   * Makes a worker.
   *
   * @param factory makes the pipeline when it is first needed, on the worker's thread; told whether
   *     that is for one last flush
   */
  public ExportWorker(
      Config config,
      KeptSpans kept,
      EventQueue alerts,
      Function<Boolean, Pipeline> factory,
      LongSupplier nanoClock) {
    this.kept = kept;
    this.alerts = alerts;
    this.factory = factory;
    this.sizes = new BatchSizes(config);
    this.nanoClock = nanoClock;
    long intervalNanos = Pipeline.metricIntervalNanos(config);
    this.metricsDueNanos = nanoClock.getAsLong() + intervalNanos;
    long soonest = Math.min(sizes.delayNanos, Math.min(sizes.timeoutNanos, intervalNanos));
    this.longestRestNanos = Math.max(SHORTEST_REST_NANOS, Math.min(soonest / 5, LATEST_NANOS));
  }

  @Override
  public String name() {
    return "export";
  }

  @Override
  public void begin(Thread thread) {
    this.thread = thread;
    alerts.readBy(thread);
  }

  /** What comes before it is due wakes the thread: a full batch, an alert, a flush. */
  @Override
  public long longestRestNanos() {
    return longestRestNanos;
  }

  /**
   * Says, on the drain thread, that spans may have been kept. While a batch is under way its end
   * wakes the thread, and a backend that does not answer is no reason to look again.
   */
  public void spansCame() {
    Pipeline made = pipeline;
    if (kept.size() >= sizes.batch && (made == null || made.spansInFlight() == 0)) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public int work() {
    Flush flush = requested.getAndSet(null);
    if (flush != null) {
      pipeline().flush(flush.timeoutNanos, false, 0);
      flush.done.countDown();
      return 1;
    }
    if (pipeline == null && !isDue()) {
      return 0;
    }
    return pipeline().work();
  }

  private boolean isDue() {
    long now = nanoClock.getAsLong();
    int waiting = kept.size();
    if (waiting > 0 && !spansSeen) {
      spansSeen = true;
      spansSinceNanos = now;
    }
    return waiting >= sizes.batch
        || alerts.size() > 0
        || spansSeen && now - spansSinceNanos >= sizes.delayNanos
        || now - metricsDueNanos >= 0;
  }

  private Pipeline pipeline() {
    Pipeline made = pipeline;
    if (made == null) {
      made = factory.apply(closing);
      pipeline = made;
    }
    return made;
  }

  /** The pipeline if it was needed yet, or null. */
  public Pipeline pipelineIfMade() {
    return pipeline;
  }

  /**
   * Sends what there is now, from any thread.
   *
   * @return whether that ended in time
   */
  public boolean flush(long timeoutNanos) {
    Flush flush = new Flush(timeoutNanos);
    if (!requested.compareAndSet(null, flush)) {
      return false;
    }
    LockSupport.unpark(thread);
    try {
      return flush.done.await(timeoutNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Says how long {@link #close} may take. */
  public void closeWithin(long timeoutNanos) {
    closeTimeoutNanos = timeoutNanos;
  }

  @Override
  public void close() {
    closing = true;
    long start = nanoClock.getAsLong();
    Pipeline made = pipeline();
    made.flush(closeTimeoutNanos, true, nanoClock.getAsLong() - start);
    made.shutdown();
  }

  /** A wish to have everything sent now. */
  private static final class Flush {
    final long timeoutNanos;
    final CountDownLatch done = new CountDownLatch(1);

    Flush(long timeoutNanos) {
      this.timeoutNanos = timeoutNanos;
    }
  }
}
