/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.runtime;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/** The open files of the process; apart, because a runtime may lack {@code jdk.management}. */
final class FileDescriptors {
  private final UnixOperatingSystemMXBean bean;

  private FileDescriptors(UnixOperatingSystemMXBean bean) {
    this.bean = bean;
  }

  /** Null where this runtime or system does not count them. */
  static FileDescriptors ifPresent() {
    try {
      OperatingSystemMXBean bean = ManagementFactory.getOperatingSystemMXBean();
      return bean instanceof UnixOperatingSystemMXBean
          ? new FileDescriptors((UnixOperatingSystemMXBean) bean)
          : null;
    } catch (LinkageError missing) {
      return null;
    }
  }

  long open() {
    return bean.getOpenFileDescriptorCount();
  }

  long limit() {
    return bean.getMaxFileDescriptorCount();
  }
}
