/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The runner goes on after failures, rests when idle and ends when told. */
class WorkerThreadTest {
  @Test
  void worker_isRunUntilStoppedAndClosedOnce() throws Exception {
    CountDownLatch ranAgain = new CountDownLatch(3);
    AtomicInteger closed = new AtomicInteger();
    WorkerThread thread =
        WorkerThread.start(
            worker(
                () -> {
                  ranAgain.countDown();
                  throw new IllegalStateException("nested test");
                },
                closed));

    assertThat(ranAgain.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(thread.thread().isDaemon()).isTrue();
    assertThat(thread.thread().getName()).isEqualTo("vitals-test");
    assertThat(thread.thread().getThreadGroup().getParent()).isNull();
    assertThat(thread.stop(10, TimeUnit.SECONDS)).isTrue();
    assertThat(thread.failures()).isGreaterThanOrEqualTo(3);
    assertThat(closed).hasValue(1);
  }

  @Test
  void idleWorker_wakesTwentyTimesASecond() throws Exception {
    AtomicInteger steps = new AtomicInteger();
    long begin = System.nanoTime();
    WorkerThread thread = WorkerThread.start(worker(steps::incrementAndGet, new AtomicInteger()));
    while (steps.get() < 12) {
      Thread.onSpinWait();
      assertThat(System.nanoTime() - begin).isLessThan(60_000_000_000L);
    }
    long took = System.nanoTime() - begin;
    assertThat(thread.stop(10, TimeUnit.SECONDS)).isTrue();

    // 4 + 8 + 16 + 32 + 50 x 7 ms
    assertThat(took).isGreaterThan(350_000_000L);
  }

  private static Worker worker(Runnable step, AtomicInteger closed) {
    return new Worker() {
      @Override
      public int work() {
        step.run();
        return 0;
      }

      @Override
      public String name() {
        return "test";
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }
}
