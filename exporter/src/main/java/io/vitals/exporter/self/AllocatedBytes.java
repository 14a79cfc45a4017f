/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.self;

import java.lang.management.ThreadMXBean;

/** Reads what a thread has allocated; apart, because a runtime may lack {@code jdk.management}. */
final class AllocatedBytes {
  private AllocatedBytes() {}

  /** The bytes, or 0 where the JVM does not count them. */
  static long of(ThreadMXBean threads, long id) {
    try {
      return threads instanceof com.sun.management.ThreadMXBean
          ? Math.max(0, ((com.sun.management.ThreadMXBean) threads).getThreadAllocatedBytes(id))
          : 0;
    } catch (LinkageError | UnsupportedOperationException absent) {
      return 0;
    }
  }
}
