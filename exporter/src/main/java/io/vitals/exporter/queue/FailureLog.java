/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.queue;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How often each hook failed, and what the newest failure was that nobody has logged yet.
 *
 * <p>Thread-safe. Only a failing hook pays for it.
 */
public final class FailureLog {
  /** Four times the hooks there are. */
  private static final int MOST_NAMES = 256;

  private final ConcurrentHashMap<String, AtomicLong> counts = new ConcurrentHashMap<>();
  private final AtomicReference<Failure> unseen = new AtomicReference<>();

  void add(String name, Throwable failure) {
    AtomicLong count = counts.get(name);
    if (count == null) {
      String counted = counts.size() < MOST_NAMES ? name : "others";
      AtomicLong fresh = new AtomicLong();
      count = counts.putIfAbsent(counted, fresh);
      if (count == null) {
        count = fresh;
      }
    }
    count.incrementAndGet();
    if (unseen.get() == null) {
      unseen.compareAndSet(null, new Failure(name, failure));
    }
  }

  /** How often each hook failed. */
  public Map<String, Long> counts() {
    Map<String, Long> copy = new TreeMap<>();
    counts.forEach((name, count) -> copy.put(name, count.get()));
    return copy;
  }

  /** Takes the oldest failure that was not taken yet, or null; for whoever writes the log. */
  public Failure takeUnseen() {
    return unseen.getAndSet(null);
  }

  /** One failure of one hook. */
  public static final class Failure {
    /** The hook. */
    public final String hook;

    /** What it threw. */
    public final Throwable thrown;

    Failure(String hook, Throwable thrown) {
      this.hook = hook;
      this.thrown = thrown;
    }
  }
}
