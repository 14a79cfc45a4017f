/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.self;

import io.vitals.exporter.runtime.LiveThreads;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Adds up what the agent's own threads use: those named {@code vitals-}, and those that its
 * libraries start, told by its class loader.
 *
 * <p>What a thread used after the last look before its end is missing.
 */
final class OwnThreads {
  private static final String PREFIX = "vitals-";

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final ClassLoader ours = OwnThreads.class.getClassLoader();
  private final Map<Long, long[]> before = new HashMap<>();
  private long cpuNanos;
  private long bytes;

  /** Looks at the threads now. */
  void look() {
    Map<Long, long[]> alive = new HashMap<>();
    for (Thread thread : LiveThreads.all()) {
      if (!isOurs(thread)) {
        continue;
      }
      long id = thread.getId();
      long[] last = before.get(id);
      long cpu = cpu(id);
      long allocated = AllocatedBytes.of(threads, id);
      cpuNanos += Math.max(0, cpu - (last == null ? 0 : last[0]));
      bytes += Math.max(0, allocated - (last == null ? 0 : last[1]));
      alive.put(id, new long[] {cpu, allocated});
    }
    Iterator<Long> known = before.keySet().iterator();
    while (known.hasNext()) {
      if (!alive.containsKey(known.next())) {
        known.remove();
      }
    }
    before.putAll(alive);
  }

  private boolean isOurs(Thread thread) {
    return thread.getName().startsWith(PREFIX)
        || ours != ClassLoader.getSystemClassLoader() && thread.getContextClassLoader() == ours;
  }

  private long cpu(long id) {
    try {
      return threads.isThreadCpuTimeSupported() ? threads.getThreadCpuTime(id) : 0;
    } catch (UnsupportedOperationException switchedOff) {
      return 0;
    }
  }

  double cpuSeconds() {
    return cpuNanos / 1e9;
  }

  long allocatedBytes() {
    return bytes;
  }
}
