/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Reads what arrived of how connection pools are doing, newest last. */
final class PoolStates {
  private static final String PREFIX = "db.client.connection.";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Received received;

  PoolStates(Received received) {
    this.received = received;
  }

  /** Waits until the newest points of the pool are these. */
  void await(String pool, Map<String, Long> expected) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Map<String, Long> seen = of(pool);
    while (!seen.equals(expected) && System.nanoTime() < deadline) {
      pause();
      seen = of(pool);
    }
    assertThat(seen).as(pool).isEqualTo(new TreeMap<>(expected));
  }

  /** The newest points of the pool, each by its metric's name and, where there is one, state. */
  private Map<String, Long> of(String pool) {
    Map<String, Long> points = new TreeMap<>();
    ReceivedMetric always = received.metric("jvm.thread.count");
    if (always == null) {
      return points;
    }
    // All points of an export have its time; a metric that has vanished is not among the newest.
    long newestNanos = always.points().get(0).timeNanos();
    for (ReceivedMetric metric : received.metrics()) {
      if (!metric.type().equals("SUM")) {
        continue;
      }
      for (ReceivedMetric.Point point : metric.points()) {
        if (metric.name().startsWith(PREFIX)
            && point.timeNanos() == newestNanos
            && pool.equals(point.attribute(PREFIX + "pool.name"))) {
          String state = point.attribute(PREFIX + "state");
          String name = metric.name().substring(PREFIX.length());
          points.put(state == null ? name : name + " " + state, (long) point.value());
        }
      }
    }
    return points;
  }

  /** Whether anything of any pool has arrived. */
  boolean isEmpty() {
    return received.metrics().stream().noneMatch(metric -> metric.name().startsWith(PREFIX));
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
