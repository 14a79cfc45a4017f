/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

import io.opentelemetry.sdk.common.Clock;
import io.vitals.bootstrap.Scope;
import io.vitals.bootstrap.Span;
import io.vitals.bootstrap.Trail;
import io.vitals.exporter.queue.Handoff;
import io.vitals.exporter.queue.SpanConsumer;
import io.vitals.exporter.self.Counters;
import io.vitals.exporter.self.Drop;
import io.vitals.exporter.trace.KeptSpans;
import io.vitals.exporter.trace.TraceKeeper;
import java.util.ArrayList;
import java.util.List;

/**
 * Works through handed-off lists: measures each span in its series, decides which are shown, and
 * closes the intervals.
 *
 * <p>All of it happens under the {@link io.vitals.exporter.queue.DrainLock}; {@link #latest} may be
 * read by anybody. Cost: some 100 ns a span.
 */
public final class Aggregator implements SpanConsumer {
  /** Work done at most before an interval is closed: four full queues of single spans. */
  private static final int MOST_BEFORE_TICK = 8192;

  private final Handoff handoff;
  private final AggregatorOptions options;
  private final Counters counters;
  private final Clock clock;
  private final SeriesFinder series;
  private final PoolDurations pools;
  private final KeptSpans kept;
  private final TraceKeeper keeper;
  private final List<Rollup> rollups = new ArrayList<>();
  private volatile Interval latest;
  private volatile long nextTickNanos;
  private long sampledSpans;
  private long unsampledSpans;

  /** Makes an aggregator and attaches it to the hand-off. */
  public Aggregator(
      AggregatorOptions options, Handoff handoff, KeptSpans kept, Counters counters, Clock clock) {
    this.options = options;
    this.handoff = handoff;
    this.kept = kept;
    this.counters = counters;
    this.clock = clock;
    this.series = new SeriesFinder(options, counters);
    this.pools = new PoolDurations(series);
    this.keeper =
        new TraceKeeper(
            options.keepErrors, options.keepSlow, options.rescuedTracesPerSecond, counters);
    long epoch = clock.now();
    long now = clock.nanoTime();
    this.latest = new Interval(epoch, epoch, now, new ArrayList<>());
    this.nextTickNanos = now + options.tickNanos;
    handoff.attach(this);
  }

  /** Says that something is wrong, so that a few traces that the sampler dropped are kept. */
  public void inTrouble(boolean now) {
    keeper.inTrouble(now);
  }

  @Override
  public int take(Span newest, boolean measureOnly) {
    int spans = 0;
    sampledSpans = 0;
    unsampledSpans = 0;
    boolean rescued = !measureOnly && newest.recorded() && !newest.sampled() && isRescued(newest);
    Span first = newest.next;
    newest.next = null;
    // The root comes last: by then its trail says how much was left out.
    Span last = newest instanceof Scope ? null : newest;
    for (Span span = first == null ? last : first, next; span != null; span = next) {
      next = span.next == null && span != last ? last : span.next;
      // A kept span must not keep its older siblings alive.
      span.next = null;
      take(span, measureOnly, rescued);
      spans++;
    }
    counters.ended(sampledSpans, unsampledSpans);
    return spans;
  }

  private boolean isRescued(Span newest) {
    try {
      return rescue(newest);
    } catch (Throwable failure) {
      counters.dropped(Drop.DRAIN_FAILURE, 1);
      return false;
    }
  }

  private boolean rescue(Span newest) {
    boolean root = TraceKeeper.isLocalRoot(newest);
    boolean rescued =
        root ? keeper.decide(newest, clock.nanoTime()) : keeper.isRescued(newest.traceIdLow);
    if (root && rescued) {
      for (Span span = keeper.takeWaiting(newest.traceIdLow), next; span != null; span = next) {
        next = span.next;
        span.next = null;
        show(span);
      }
    }
    return rescued;
  }

  private void take(Span span, boolean measureOnly, boolean rescued) {
    Series of = series.find(span);
    long nanos = span.endNanos - span.startNanos;
    int bucket = of == null ? 0 : of.latency.record(nanos);
    // Where no exporter takes traces, spans are sampled for those downstream but not recorded.
    boolean exported = (span.bits & (Span.RECORDED | Span.LEFT_OUT)) != 0;
    boolean sampled = span.sampled() && exported;
    if (span.sampled()) {
      sampledSpans++;
    } else {
      unsampledSpans++;
    }
    if (options.keepSlow && TraceKeeper.isLocalRoot(span)) {
      keeper.measure(span);
    }
    if ((span.bits & Span.LEFT_OUT) != 0) {
      leaveOut(span, Drop.LEFT_OUT, sampled ? 1 : 0);
    } else if (sampled && measureOnly) {
      leaveOut(span, Drop.QUEUE_FULL, 1);
    } else if (sampled || rescued) {
      if (show(span) && of != null && options.exemplars) {
        of.latency.exemplar(
            bucket, nanos, span.endNanos, span.traceIdHigh, span.traceIdLow, span.spanId);
      }
    } else if (span.recorded() && !measureOnly && !TraceKeeper.isLocalRoot(span)) {
      keeper.await(span, clock.nanoTime());
    }
  }

  private boolean show(Span span) {
    span.bits |= Span.SAMPLED;
    if (kept.offer(span)) {
      return true;
    }
    leaveOut(span, Drop.KEPT_QUEUE_FULL, 1);
    return false;
  }

  private void leaveOut(Span span, Drop reason, int counted) {
    counters.dropped(reason, counted);
    Span root = span.root;
    Trail trail = root == null ? null : root.trail;
    if (trail != null) {
      trail.leftOut++;
    }
  }

  /** Works lists off, and closes the interval if it is time; for the drain thread. */
  int work(int spans) {
    int done = handoff.drain(spans);
    if (clock.nanoTime() - nextTickNanos >= 0) {
      handoff.lock().lock();
      try {
        tick();
      } finally {
        handoff.lock().unlock();
      }
    }
    return done;
  }

  /** Closes the interval and publishes it; under the lock. */
  private void tick() {
    long now = clock.nanoTime();
    moveUnsorted();
    pools.move();
    List<SeriesInterval> all = new ArrayList<>();
    series.take(all);
    long epoch = Math.max(clock.now(), latest.endEpochNanos() + 1);
    Interval closed = new Interval(latest.endEpochNanos(), epoch, now, all);
    for (Rollup rollup : rollups) {
      rollup.add(closed);
    }
    keeper.tick(now);
    nextTickNanos = now + options.tickNanos;
    latest = closed;
  }

  private void moveUnsorted() {
    Unsorted unsorted = handoff.unsorted();
    if (unsorted == null || unsorted.isEmpty()) {
      return;
    }
    for (int i = 0; i < Metric.ofSpans(); i++) {
      Metric metric = Metric.at(i);
      unsorted.moveTo(metric, series.overflow(metric).latency);
    }
  }

  /** Begins to merge intervals for a reader of its own, which calls {@link #collect}. */
  public Rollup rollup() {
    handoff.lock().lock();
    try {
      Rollup rollup = new Rollup(latest.endEpochNanos());
      rollups.add(rollup);
      return rollup;
    } finally {
      handoff.lock().unlock();
    }
  }

  /**
   * Works off what waits, closes the interval and takes what the roll-up has gathered. Waits for
   * the lock: for our own threads.
   */
  public Interval collect(Rollup rollup) {
    return collect(rollup, options.delta);
  }

  /**
   * As {@link #collect}, for a reader beside the export: series that the export has yet to forget
   * stay.
   */
  public Interval read(Rollup rollup) {
    return collect(rollup, false);
  }

  private Interval collect(Rollup rollup, boolean tidy) {
    handoff.lock().lock();
    try {
      while (handoff.depth() + handoff.spillDepth() > 0) {
        if (handoff.drainSome(MOST_BEFORE_TICK) < MOST_BEFORE_TICK) {
          break;
        }
      }
      tick();
      if (tidy) {
        series.tidy();
      }
      return rollup.take();
    } finally {
      handoff.lock().unlock();
    }
  }

  /** The interval that was closed last; empty at first. */
  public Interval latest() {
    return latest;
  }
}
