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
  void aProcessThatIsNotThere_isNoZero() {
    assertThatThrownBy(() -> CpuTime.nanosWithoutCompilers(Integer.MAX_VALUE))
        .isInstanceOf(UncheckedIOException.class);
  }
}
