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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/**
 * The way from the application's threads to the drain: a bounded queue of finished lists.
 *
 * <p>{@link #offer} may be called on any thread; it never waits, never wakes a thread and loses no
 * duration. When the queue is full it does the first of these that is possible:
 *
 * <ol>
 *   <li>it takes the {@link DrainLock}, works {@value #MOST_HELPED} spans off, and offers again;
 *   <li>it pushes the list onto the spill, a lock-free stack linked through the heads' free {@link
 *       Span#parent}: measured in its series like any other, but not shown as a trace;
 *   <li>it counts each duration in {@link Unsorted}, which becomes the overflow series.
 * </ol>
 *
 * <p>Cost: one offer, a compare-and-set and an ordered store. Memory: 8 KB for the empty queue.
 */
public final class Handoff implements Sink {
  /**
   * Lists the queue holds. The drain rests 100 ms at most when idle, so 2,048 take 20,000 requests
   * a second from a standing start; a list is one request, typically five spans or 1 KB: 2 MB.
   */
  public static final int DEFAULT_CAPACITY = 2048;

  /** Spans a helping thread works off: 0.2 us each, so 50 us once in as many requests. */
  static final int MOST_HELPED = 256;

  /** Spans the spill holds: 7 MB of records, without the strings that the application holds. */
  static final int MOST_SPILLED = 65_536;

  private final MpscAtomicArrayQueue<Span> queue;
  private final Counters counters;
  private final FailureLog failures = new FailureLog();
  private final DrainLock lock = new DrainLock();
  private final AtomicReference<Span> spill = new AtomicReference<>();
  private final AtomicInteger spilled = new AtomicInteger();
  private final AtomicReference<Unsorted> unsorted = new AtomicReference<>();
  private volatile SpanConsumer consumer;

  /** Taken off the spill and not worked off yet; guarded by the lock. */
  private Span backlog;

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
    if (consumer != null && lock.tryHelp()) {
      help();
      if (queue.offer(newest)) {
        return;
      }
    }
    spill(newest);
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

  private void spill(Span newest) {
    int size = size(newest);
    if (spilled.addAndGet(size) > MOST_SPILLED) {
      spilled.addAndGet(-size);
      countUnsorted(newest, size);
      return;
    }
    forgetDetails(newest);
    Span top;
    do {
      top = spill.get();
      newest.parent = top;
    } while (!spill.compareAndSet(top, newest));
  }

  private static int size(Span newest) {
    int size = 0;
    for (Span span = newest; span != null; span = span.next) {
      size++;
    }
    return size;
  }

  /** Lets go of what only a trace shows: it would be the larger part of a full spill. */
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
    while (done < most && (head = nextSpilled()) != null) {
      int size = size(head);
      spilled.addAndGet(-size);
      to.take(head, true);
      done += size;
    }
    return done;
  }

  private Span nextSpilled() {
    if (backlog == null && spill.get() != null) {
      backlog = spill.getAndSet(null);
    }
    Span head = backlog;
    if (head != null) {
      backlog = head.parent;
      head.parent = null;
    }
    return head;
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

  /** How many spans wait in the spill. */
  public int spillDepth() {
    return spilled.get();
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
