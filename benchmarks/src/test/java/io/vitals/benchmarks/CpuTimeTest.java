/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What the kernel tells about threads agrees with what the JVM tells. */
class CpuTimeTest {
  /** A thread of an earlier test that ends meanwhile takes its time along; not each time. */
  @Test
  void workOfAThread_isInIt() {
    long grown = 0;
    for (int i = 0; i < 5 && grown < 45_000_000; i++) {
      long before = CpuTime.nanosWithoutCompilers();
      work(50_000_000);
      grown = CpuTime.nanosWithoutCompilers() - before;
    }
    assertThat(grown).isGreaterThanOrEqualTo(45_000_000);
  }

  private static void work(long nanos) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long until = threads.getCurrentThreadCpuTime() + nanos;
    while (threads.getCurrentThreadCpuTime() < until) {
      Thread.onSpinWait();
    }
  }

  @Test
  void threadsThatEndWhileTheyAreRead_areNoFailure() throws InterruptedException {
    AtomicBoolean stopped = new AtomicBoolean();
    Thread[] starters = new Thread[4];
    for (int i = 0; i < starters.length; i++) {
      starters[i] =
          new Thread(
              () -> {
                while (!stopped.get()) {
                  new Thread(() -> {}).start();
                }
              });
      starters[i].start();
    }
    try {
      for (int i = 0; i < 2_000; i++) {
        assertThat(CpuTime.nanosWithoutCompilers()).isPositive();
      }
    } finally {
      stopped.set(true);
      for (Thread starter : starters) {
        starter.join();
      }
    }
  }

  @Test
  void aProcessThatIsNotThere_isNoZero() {
    assertThatThrownBy(() -> CpuTime.nanosWithoutCompilers(Integer.MAX_VALUE))
        .isInstanceOf(UncheckedIOException.class);
  }
}
