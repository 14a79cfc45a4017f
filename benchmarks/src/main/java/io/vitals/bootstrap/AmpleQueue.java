/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/**
 * The cheapest honest sink: one offer to the queue that the agent uses, which is emptied when it is
 * full.
 *
 * <p>The same is the floor that every probe is measured against, so that emptying (some nanoseconds
 * an offer) is in both.
 */
final class AmpleQueue implements Sink {
  /** As many as fit the second-level cache of a core with what they hold. */
  private static final int CAPACITY = 1024;

  private final MpscAtomicArrayQueue<Object> queue = new MpscAtomicArrayQueue<>(CAPACITY);

  void put(Object element) {
    if (!queue.offer(element)) {
      empty();
      queue.offer(element);
    }
  }

  /** One thread at a time, as the queue asks of its consumer. */
  private synchronized void empty() {
    queue.clear();
  }

  @Override
  public void offer(Span newest) {
    put(newest);
  }

  @Override
  public void failure(String name, Throwable failure) {
    throw new IllegalStateException(name, failure);
  }
}
