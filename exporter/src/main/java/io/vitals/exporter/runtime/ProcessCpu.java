/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.runtime;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Processor time of the process; apart, because a runtime may lack {@code jdk.management}. */
final class ProcessCpu {
  private final OperatingSystemMXBean bean;

  private ProcessCpu(OperatingSystemMXBean bean) {
    this.bean = bean;
  }

  /** The bean, or null where this runtime has none. */
  static ProcessCpu ifPresent() {
    try {
      java.lang.management.OperatingSystemMXBean bean =
          ManagementFactory.getOperatingSystemMXBean();
      return bean instanceof OperatingSystemMXBean
          ? new ProcessCpu((OperatingSystemMXBean) bean)
          : null;
    } catch (LinkageError missing) {
      return null;
    }
  }

  /** Processor seconds since the start, negative if they are unknown. */
  double seconds() {
    long nanos = bean.getProcessCpuTime();
    return nanos < 0 ? -1 : nanos / 1e9;
  }

  /** The share of all processors in use lately, 0 to 1, negative if it is unknown. */
  double utilization() {
    return bean.getProcessCpuLoad();
  }
}
