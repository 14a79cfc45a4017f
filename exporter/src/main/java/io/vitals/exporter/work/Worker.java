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

  /** How long to rest at most before the next step, by what is known now; 50 ms by default. */
  default long longestRestNanos() {
    return WorkerThread.LONGEST_REST_NANOS;
  }

  /** Gives up what the worker holds; called once, on the worker's thread, after the last step. */
  default void close() {}
}
