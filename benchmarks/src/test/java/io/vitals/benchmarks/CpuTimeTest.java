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
  @Test
  void workOfAThread_isInIt() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = CpuTime.nanosWithoutCompilers();
    long start = threads.getCurrentThreadCpuTime();
    long until = start + 50_000_000;
    while (threads.getCurrentThreadCpuTime() < until) {
      Thread.onSpinWait();
    }
    assertThat(CpuTime.nanosWithoutCompilers() - before).isGreaterThanOrEqualTo(45_000_000);
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
