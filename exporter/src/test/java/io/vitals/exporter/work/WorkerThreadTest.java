/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
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

  @Test
  void restingWorker_canBeWoken() throws Exception {
    AtomicReference<Thread> working = new AtomicReference<>();
    Semaphore steps = new Semaphore(0);
    WorkerThread thread =
        WorkerThread.start(
            new Worker() {
              @Override
              public void begin(Thread own) {
                working.set(own);
              }

              @Override
              public int work() {
                steps.release();
                return 0;
              }

              @Override
              public long longestRestNanos() {
                return TimeUnit.HOURS.toNanos(1);
              }

              @Override
              public String name() {
                return "test";
              }
            });
    // The rests double: after twenty the next one takes half an hour.
    for (int step = 0; step < 20; step++) {
      assertThat(steps.tryAcquire(10, TimeUnit.SECONDS)).as("step %d", step).isTrue();
      LockSupport.unpark(working.get());
    }
    assertThat(thread.thread()).isSameAs(working.get());
    assertThat(thread.stop(10, TimeUnit.SECONDS)).isTrue();
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
