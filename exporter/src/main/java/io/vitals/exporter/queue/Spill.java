/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.queue;

import io.vitals.bootstrap.Span;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What found the queue full: a lock-free stack of lists, linked through the heads' free {@link
 * Span#parent}, so that it takes no memory of its own.
 *
 * <p>Any thread may add; the holder of the drain lock takes.
 */
final class Spill {
  private final int most;
  private final AtomicReference<Span> top = new AtomicReference<>();
  private final AtomicInteger spans = new AtomicInteger();

  /** Taken off the stack and not handed out yet; guarded by the lock. */
  private Span backlog;

  /** Makes one for so many spans. */
  Spill(int most) {
    this.most = most;
  }

  /** Adds a list of so many spans, and says whether there was room. */
  boolean add(Span newest, int size) {
    if (spans.addAndGet(size) > most) {
      spans.addAndGet(-size);
      return false;
    }
    Span before;
    do {
      before = top.get();
      newest.parent = before;
    } while (!top.compareAndSet(before, newest));
    return true;
  }

  /** The next list, or null if there is none. */
  Span next() {
    if (backlog == null && top.get() != null) {
      backlog = top.getAndSet(null);
    }
    Span head = backlog;
    if (head != null) {
      backlog = head.parent;
      head.parent = null;
      spans.addAndGet(-size(head));
    }
    return head;
  }

  /** How many spans there are. */
  int depth() {
    return spans.get();
  }

  /** How many spans a list has. */
  static int size(Span newest) {
    int size = 0;
    for (Span span = newest; span != null; span = span.next) {
      size++;
    }
    return size;
  }
}
