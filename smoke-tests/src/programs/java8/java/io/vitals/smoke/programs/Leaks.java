/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Looks at threads on which no span may be open. */
public final class Leaks {
  private Leaks() {}

  /** Prints on how many of that many threads of the executor a span is open. */
  public static void print(Executor threads, int count) throws InterruptedException {
    CountDownLatch all = new CountDownLatch(count);
    CountDownLatch seen = new CountDownLatch(count);
    AtomicInteger leaks = new AtomicInteger();
    for (int i = 0; i < count; i++) {
      threads.execute(
          () -> {
            // Only together they are on as many threads.
            all.countDown();
            TaskContract.await(all);
            if (!Bridge.here().equals("none")) {
              leaks.incrementAndGet();
            }
            seen.countDown();
          });
    }
    boolean met = seen.await(60, TimeUnit.SECONDS);
    System.out.println(
        Bridge.isThere() && met ? "spans on threads: " + leaks : "threads not seen: " + seen);
  }
}
