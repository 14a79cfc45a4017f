/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/** Counts what was woven, refused and postponed, and the time it took. Thread-safe. */
public final class WeavingReport {
  /** A class more than this many is counted but not named: 100 names are 10 KB. */
  private static final int MOST_NAMED = 100;

  private final Map<String, Integer> applied = new TreeMap<>();
  private final Map<String, String> refused = new TreeMap<>();
  private final AtomicLong classes = new AtomicLong();
  private final AtomicLong refusals = new AtomicLong();
  private final AtomicLong nanos = new AtomicLong();

  void applied(String hook) {
    classes.incrementAndGet();
    synchronized (applied) {
      Integer before = applied.get(hook);
      applied.put(hook, before == null ? 1 : before + 1);
    }
  }

  void refused(String className, Throwable reason) {
    refusals.incrementAndGet();
    synchronized (refused) {
      if (refused.size() < MOST_NAMED) {
        refused.put(className.replace('/', '.'), reason.toString());
      }
    }
    LoggerFactory.getLogger(WeavingReport.class).debug("{} is left as it is", className, reason);
  }

  void postponed(String className) {
    refused(className, new IllegalStateException("loaded while another class was woven"));
  }

  void spent(long spentNanos) {
    nanos.addAndGet(spentNanos);
  }

  /** How many classes were woven. */
  public long classes() {
    return classes.get();
  }

  /** How many classes were left as they are because weaving failed. */
  public long refusals() {
    return refusals.get();
  }

  /** How long weaving took, all threads together. */
  public long nanos() {
    return nanos.get();
  }

  /** Woven classes by hook; a copy. */
  public Map<String, Integer> applied() {
    synchronized (applied) {
      return new TreeMap<>(applied);
    }
  }

  /** Reasons by class, of the first that were refused; a copy. */
  public Map<String, String> refused() {
    synchronized (refused) {
      return new TreeMap<>(refused);
    }
  }
}
