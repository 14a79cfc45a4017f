/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.inmemory;

import java.net.URLConnection;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/**
 * What spans ask for at least, by hand: two readings of the clock each, one offer to a queue for
 * all of them, and one more header of an outgoing call, whose text is there already.
 *
 * <p>Confined to its thread, which empties the queue when it is full.
 */
final class Floor {
  private static final boolean MEASURED = Boolean.getBoolean("benchmark.floor");
  private static final String TEXT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final int CAPACITY = 1024;

  private final MpscAtomicArrayQueue<Object> queue = new MpscAtomicArrayQueue<>(CAPACITY);
  private final int spans;
  private long nanos;

  private Floor(int spans) {
    this.spans = spans;
  }

  /** One of so many spans if this process is to pay it, or null. */
  static Floor ifMeasured(int spans) {
    return MEASURED ? new Floor(spans) : null;
  }

  /** Adds the header to a call. */
  void carry(URLConnection call) {
    call.setRequestProperty(RequestBenchmark.TRACE_PARENT, TEXT);
  }

  /** Pays for the spans; the result says that nothing was left out. */
  long pay() {
    for (int span = 0; span < spans; span++) {
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
