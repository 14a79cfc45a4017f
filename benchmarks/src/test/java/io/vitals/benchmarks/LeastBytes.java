/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Prints the bytes that an operation allocates on the thread that it runs on. */
public final class LeastBytes {
  /** A tenth of the agent's queue, so that the thread is never asked to help. */
  private static final int BATCH = 200;

  /** Every cache is filled and every class loaded by then; what is left is each operation's. */
  private static final int BATCHES = 60;

  /** The drain thread's rest, so that each batch finds an empty queue. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private LeastBytes() {}

  /** What is measured. */
  public interface Operation {
    void run() throws Exception;
  }

  /** Runs it some thousand times, and prints what it takes in the batch that takes least. */
  public static void print(Operation operation) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int batch = 0; batch < BATCHES; batch++) {
      long before = threads.getThreadAllocatedBytes(self);
      for (int i = 0; i < BATCH; i++) {
        operation.run();
      }
      least = Math.min(least, (threads.getThreadAllocatedBytes(self) - before) / BATCH);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    System.out.println("bytes=" + least);
  }
}
