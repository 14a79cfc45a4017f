/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import io.vitals.agent.log.Loggers;
import io.vitals.exporter.self.WeavingCounts;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what was woven, refused and postponed, and the time it took. Thread-safe. */
public final class WeavingReport implements WeavingCounts {
  private final Map<String, Long> applied = new TreeMap<>();
  private final Map<String, Long> refused = new TreeMap<>();
  private final AtomicLong classes = new AtomicLong();
  private final AtomicLong nanos = new AtomicLong();

  void woven(long spentNanos) {
    classes.incrementAndGet();
    nanos.addAndGet(spentNanos);
  }

  void applied(String hook) {
    count(applied, hook);
  }

  /** Counts by the class of the failure, of which there are few; the message goes to the log. */
  void refused(String className, Throwable reason) {
    count(refused, reason.getClass().getName());
    Loggers.of(WeavingReport.class)
        .debug("{} is left as it is", className.replace('/', '.'), reason);
  }

  /** Counts a class that was needed while another one was woven. */
  void postponed(String className) {
    count(refused, "loaded while weaving");
    Loggers.of(WeavingReport.class)
        .debug("{} is needed by weaving itself and left as it is", className);
  }

  private static void count(Map<String, Long> counts, String key) {
    synchronized (counts) {
      Long before = counts.get(key);
      counts.put(key, before == null ? 1L : before + 1);
    }
  }

  @Override
  public long transformedClasses() {
    return classes.get();
  }

  @Override
  public long transformNanos() {
    return nanos.get();
  }

  @Override
  public Map<String, Long> appliedByHook() {
    return copy(applied);
  }

  @Override
  public Map<String, Long> refusedByReason() {
    return copy(refused);
  }

  private static Map<String, Long> copy(Map<String, Long> counts) {
    synchronized (counts) {
      return new TreeMap<>(counts);
    }
  }
}
