/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.request;

import java.net.URLConnection;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/**
 * What a request of three spans asks for at least, by hand: two readings of the clock a span, one
 * offer to a queue, and one more header of the outgoing call, whose text is there already.
 *
 * <p>Confined to its thread, which empties the queue when it is full.
 */
final class Floor {
  private static final boolean MEASURED = Boolean.getBoolean("benchmark.floor");
  private static final String TEXT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final int SPANS = 3;
  private static final int CAPACITY = 1024;

  private final MpscAtomicArrayQueue<Object> queue = new MpscAtomicArrayQueue<>(CAPACITY);
  private long nanos;

  private Floor() {}

  /** One if this process is to pay it, or null. */
  static Floor ifMeasured() {
    return MEASURED ? new Floor() : null;
  }

  /** Adds the header to a call. */
  void carry(URLConnection call) {
    call.setRequestProperty(RequestBenchmark.TRACE_PARENT, TEXT);
  }

  /** Pays for the spans of a request; the result says that nothing was left out. */
  long pay() {
    for (int span = 0; span < SPANS; span++) {
      nanos -= System.nanoTime();
      nanos += System.nanoTime();
    }
    if (!queue.offer(this)) {
      queue.clear();
      queue.offer(this);
    }
    return nanos;
  }
}
