/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.queue;

import io.vitals.bootstrap.ClientSpan;
import io.vitals.bootstrap.Scope;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Sink;
import io.vitals.bootstrap.Span;
import io.vitals.exporter.aggregate.Unsorted;
import io.vitals.exporter.self.Counters;
import io.vitals.exporter.self.Drop;
import java.util.concurrent.atomic.AtomicReference;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/**
 * The way from the application's threads to the drain: a bounded queue of finished lists.
 *
 * <p>{@link #offer} may be called on any thread; it never waits, never wakes a thread and loses no
 * duration. When the queue is full it does the first of these that is possible:
 *
 * <ol>
 *   <li>it pushes the list onto a {@link Spill}, a compare-and-set more;
 *   <li>it takes the {@link DrainLock}, works {@value #MOST_HELPED} spans off, and offers again;
 *   <li>it pushes what has to be measured onto another spill: its trace is not shown;
 *   <li>it counts each duration in {@link Unsorted}, which becomes the overflow series.
 * </ol>
 *
 * <p>Cost: one offer, a compare-and-set and an ordered store. Memory: 8 KB for the empty queue.
 */
public final class Handoff implements Sink {
  /**
   * Lists the queue holds. The drain rests 200 ms at most, so with the spill they take 20,000
   * requests of four spans a second from a standing start; a list is one request, 1 KB: 2 MB.
   */
  public static final int DEFAULT_CAPACITY = 2048;

  /** Spans a helping thread works off: 0.2 us each, so 50 us once in as many requests. */
  static final int MOST_HELPED = 256;

  /** Spans that may wait beside a full queue with all that a trace shows: 4 MB of records. */
  static final int MOST_SPILLED = 8_192;

  /** Spans of which only the durations wait: 7 MB without the texts that the application holds. */
  static final int MOST_BARE = 65_536;

  private final MpscAtomicArrayQueue<Span> queue;
  private final Counters counters;
  private final FailureLog failures = new FailureLog();
  private final DrainLock lock = new DrainLock();
  private final Spill spill = new Spill(MOST_SPILLED);
  private final Spill bare = new Spill(MOST_BARE);
  private final AtomicReference<Unsorted> unsorted = new AtomicReference<>();
  private volatile SpanConsumer consumer;

  /** Makes a hand-off for so many lists (rounded up to a power of two, 8 at least). */
  public Handoff(int capacity, Counters counters) {
    this.queue = new MpscAtomicArrayQueue<>(Math.max(8, capacity));
    this.counters = counters;
  }

  /** Says who works through the lists; until then they pile up. Not for an application's thread. */
  public void attach(SpanConsumer consumer) {
    // Its classes are loaded here and not on the first thread that finds everything full.
    unsorted.compareAndSet(null, new Unsorted());
    this.consumer = consumer;
  }

  @Override
  public void offer(Span newest) {
    if (!queue.offer(newest)) {
      offerToFull(newest);
    }
  }

  private void offerToFull(Span newest) {
    int size = Spill.size(newest);
    if (spill.add(newest, size)) {
      return;
    }
    if (consumer != null && lock.tryHelp()) {
      help();
      if (queue.offer(newest)) {
        return;
      }
    }
    forgetDetails(newest);
    if (!bare.add(newest, size)) {
      countUnsorted(newest, size);
    }
  }

  /** The application's stack may be nearly full, or its heap. */
  private void help() {
    try {
      drainSome(MOST_HELPED);
    } catch (Throwable failure) {
      counters.dropped(Drop.DRAIN_FAILURE, 1);
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of what only a trace shows: it would be the larger part of what waits. */
  private static void forgetDetails(Span newest) {
    for (Span span = newest; span != null; span = span.next) {
      if (span instanceof ServerSpan) {
        ((ServerSpan) span).details = null;
      } else if (span instanceof ClientSpan) {
        ((ClientSpan) span).requestHeaders = null;
        ((ClientSpan) span).responseHeaders = null;
      }
    }
  }

  private void countUnsorted(Span newest, int size) {
    Unsorted cells = unsorted.get();
    if (cells == null) {
      unsorted.compareAndSet(null, new Unsorted());
      cells = unsorted.get();
    }
    for (Span span = newest; span != null; span = span.next) {
      cells.record(span);
    }
    int lost = newest instanceof Scope ? size - 1 : size;
    counters.dropped(Drop.SPILL_FULL, lost);
    // The spans of one request share the sampler's decision.
    counters.ended(newest.sampled() ? lost : 0, newest.sampled() ? 0 : lost);
  }

  /**
   * Works off about {@code spans} spans if nobody else is doing that.
   *
   * @return how many were worked off
   */
  public int drain(int spans) {
    if (consumer == null || !lock.tryLock()) {
      return 0;
    }
    try {
      return drainSome(spans);
    } finally {
      lock.unlock();
    }
  }

  /** Works off about {@code most} spans; for the holder of the lock. */
  public int drainSome(int most) {
    SpanConsumer to = consumer;
    int done = 0;
    Span head;
    // A relaxed poll: a producer that has claimed its place and not filled it is not waited for.
    while (done < most && (head = queue.relaxedPoll()) != null) {
      done += to.take(head, false);
    }
    done += drain(spill, most - done, false);
    return done + drain(bare, most - done, true);
  }

  private int drain(Spill from, int most, boolean measureOnly) {
    int done = 0;
    Span head;
    while (done < most && (head = from.next()) != null) {
      done += consumer.take(head, measureOnly);
    }
    return done;
  }

  /** The durations that found no room, or null if there never were any. */
  public Unsorted unsorted() {
    return unsorted.get();
  }

  /** The right to work behind this queue. */
  public DrainLock lock() {
    return lock;
  }

  /** How many lists wait. */
  public int depth() {
    return queue.size();
  }

  /** Whether anything was ever offered. */
  public boolean wasUsed() {
    return queue.currentProducerIndex() > 0;
  }

  /** How many lists can wait. */
  public int capacity() {
    return queue.capacity();
  }

  /** How many spans wait beside the queue. */
  public int spillDepth() {
    return spill.depth() + bare.depth();
  }

  @Override
  public void failure(String name, Throwable failure) {
    failures.add(name, failure);
  }

  /** What hooks failed, and how often. */
  public FailureLog failures() {
    return failures;
  }
}
