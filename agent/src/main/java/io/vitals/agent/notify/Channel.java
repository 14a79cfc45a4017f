/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.vitals.exporter.work.Worker;
import io.vitals.exporter.work.WorkerThread;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Delivers the notifications of one channel, one after the other, on a thread of its own.
 *
 * <p>{@link #offer} never waits. Only {@link #work} does I/O, so a peer that hangs holds up this
 * channel and nothing else. The thread is there only while there is something to deliver, and a
 * minute longer.
 */
final class Channel implements Worker {
  /** A group has one notification under way at a time; what is more is a storm of groups. */
  static final int MOST_WAITING = 100;

  /** A peer may ask for patience, but not for ever. */
  private static final long LONGEST_WAIT_NANOS = TimeUnit.HOURS.toNanos(1);

  /** Doubling ends here where the peer does not ask for more. */
  private static final long LONGEST_BACKOFF_NANOS = TimeUnit.MINUTES.toNanos(5);

  private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(1);

  final Counts counts;

  private final ArrayBlockingQueue<Notification> queue = new ArrayBlockingQueue<>(MOST_WAITING);
  private final LongSupplier clock;
  private final ChannelLog log = new ChannelLog();
  private volatile ChannelSettings settings;

  /** What is being delivered; written by the channel's thread only. */
  private volatile Notification current;

  /** When the attempt that is running began; 0 between attempts. */
  private volatile long attemptNanos;

  /** The sender of that attempt. */
  private volatile Sender busy;

  private int attempt;
  private long waitFromNanos;
  private long waitNanos;

  /** Only touched under the notifier's lock. */
  private WorkerThread thread;

  private long usedNanos;

  Channel(ChannelSettings settings, LongSupplier clock, Counts counts) {
    this.settings = settings;
    this.clock = clock;
    this.counts = counts;
  }

  ChannelSettings settings() {
    return settings;
  }

  void configure(ChannelSettings next) {
    settings = next;
  }

  /** Takes a notification to be delivered; false, and counted, if there is no room. */
  boolean offer(Notification notification) {
    if (queue.offer(notification)) {
      return true;
    }
    counts.lost(Reason.QUEUE_FULL);
    return false;
  }

  boolean isIdle() {
    return current == null && queue.isEmpty();
  }

  @Override
  public String name() {
    return "notify-" + settings.name;
  }

  /** Makes the next attempt, if there is something to deliver and it is time; may take long. */
  @Override
  public synchronized int work() {
    if (current == null) {
      attempt = 0;
      waitNanos = 0;
      current = queue.poll();
    }
    if (current == null || mustWait()) {
      return 0;
    }
    ChannelSettings now = settings;
    SendFailure failure = attempt(now);
    if (failure == null) {
      counts.sent();
      done(Notification.Outcome.SENT);
      return 1;
    }
    log.failed(now, failure);
    if (failure.mayBeRetried() && attempt < now.retries) {
      counts.retried();
      waitFromNanos = clock.getAsLong();
      waitNanos = pause(now, failure);
      attempt++;
      return 1;
    }
    counts.lost(failure.reason);
    done(failure.mayBeRetried() ? Notification.Outcome.FAILED : Notification.Outcome.REJECTED);
    return 1;
  }

  private SendFailure attempt(ChannelSettings now) {
    busy = now.sender;
    attemptNanos = clock.getAsLong();
    try {
      now.sender.send(current);
      return null;
    } catch (SendFailure failure) {
      return failure;
    } catch (RuntimeException | LinkageError fault) {
      log.fault(now, fault);
      // Only its class: a message might quote the request.
      return new SendFailure(Reason.INTERNAL, fault.getClass().getName());
    } finally {
      attemptNanos = 0;
      busy = null;
    }
  }

  private boolean mustWait() {
    return clock.getAsLong() - waitFromNanos < waitNanos;
  }

  /** Twice as long each time, a half more or less, so that many agents do not come at once. */
  private long pause(ChannelSettings now, SendFailure failure) {
    long backoff = Math.min(now.retryDelayNanos << Math.min(attempt, 20), LONGEST_BACKOFF_NANOS);
    double jitter = ThreadLocalRandom.current().nextDouble(0.5, 1.5);
    long asked = Math.min(failure.retryAfterNanos, LONGEST_WAIT_NANOS);
    return Math.max((long) (backoff * jitter), asked);
  }

  private void done(Notification.Outcome outcome) {
    current.outcome(outcome);
    current = null;
  }

  /** Starts the thread if it is needed, ends it if it is not, frees it if its peer holds it. */
  void tend(long nowNanos) {
    Sender held = busy;
    long since = attemptNanos;
    // Each step has its timeout; a peer that lets a byte drip now and then gets no further.
    if (held != null && since != 0 && nowNanos - since > 3 * settings.timeoutNanos) {
      held.cancel();
    }
    if (!isIdle()) {
      usedNanos = nowNanos;
      if (thread == null) {
        thread = WorkerThread.start(this);
      }
    } else if (thread != null && nowNanos - usedNanos > IDLE_NANOS) {
      end();
    }
  }

  private void end() {
    if (thread != null) {
      thread.stop(0, TimeUnit.MILLISECONDS);
      thread = null;
    }
  }

  /** Gives up what is not delivered; counted. */
  void abandon() {
    end();
    Sender held = busy;
    if (held != null) {
      held.cancel();
    }
    if (current != null) {
      counts.lost(Reason.CLOSED);
    }
    while (queue.poll() != null) {
      counts.lost(Reason.CLOSED);
    }
  }
}
