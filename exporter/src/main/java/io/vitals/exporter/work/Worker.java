/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.work;

/** A piece of background work that is done in small steps by one thread, or by a test. */
public interface Worker {
  /**
   * Does what is to be done now, without waiting.
   *
   * @return how much was done; the more, the sooner comes the next step
   */
  int work();

  /** What the thread is called after its prefix, such as {@code drain}. */
  String name();

  /**
   * Called once, before the first step, on the thread that will do all of them. Threads of ours
   * that bring it work may unpark it; an application's never does.
   */
  default void begin(Thread thread) {}

  /** How long to rest at most before the next step, by what is known now; 50 ms by default. */
  default long longestRestNanos() {
    return WorkerThread.LONGEST_REST_NANOS;
  }

  /** Gives up what the worker holds; called once, on the worker's thread, after the last step. */
  default void close() {}
}
