/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.runtime;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Lists the platform threads that are alive, without stopping them. */
public final class LiveThreads {
  /** Room for threads that start between counting and listing. */
  private static final int SLACK = 64;

  private LiveThreads() {}

  /** All threads, or none where a security manager forbids to look. */
  public static List<Thread> all() {
    try {
      ThreadGroup group = Thread.currentThread().getThreadGroup();
      while (group.getParent() != null) {
        group = group.getParent();
      }
      Thread[] threads = new Thread[group.activeCount() + SLACK];
      int count = group.enumerate(threads);
      return Arrays.asList(threads).subList(0, count);
    } catch (SecurityException forbidden) {
      return Collections.emptyList();
    }
  }
}
