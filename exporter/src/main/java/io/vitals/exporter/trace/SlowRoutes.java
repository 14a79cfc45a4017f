/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.trace;

import io.vitals.exporter.aggregate.CoarseCounts;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * The p99 of each route, to 6 %: what slow means there. It is that of the last interval that had
 * enough answers, or of several together where one has too few.
 *
 * <p>Of all answers together, because a slow failure is slow compared with the route's successes.
 * Confined to the holder of the drain lock. A route seen before costs one look-up.
 */
final class SlowRoutes {
  /** What a p99 takes at least: with fewer values it is the maximum. */
  static final int FEWEST = 100;

  /** 1.6 KB each; later routes are never slow. */
  private static final int MOST_ROUTES = 1000;

  /**
   * Intervals without an answer after which a route is forgotten: ten minutes by default, so that
   * an answer that took minutes still finds what it is to be compared with.
   */
  static final int MOST_UNUSED = 60;

  private final Map<Object, Route> routes = new HashMap<>();

  void measure(Object name, long nanos) {
    Route route = routes.get(name);
    if (route == null) {
      if (routes.size() >= MOST_ROUTES) {
        return;
      }
      route = new Route();
      routes.put(name, route);
    }
    route.measure(nanos);
  }

  boolean isSlow(Object name, long nanos) {
    Route route = routes.get(name);
    return route != null && nanos > route.p99Nanos;
  }

  /** Begins a new interval. */
  void tick() {
    Iterator<Route> all = routes.values().iterator();
    while (all.hasNext()) {
      if (!all.next().tick()) {
        all.remove();
      }
    }
  }

  /** One route. */
  private static final class Route {
    private final CoarseCounts running = new CoarseCounts();
    private long nextLook = FEWEST;
    private long p99Nanos = Long.MAX_VALUE;
    private boolean fromIntervalBefore;
    private long countBefore;
    private int unused;

    void measure(long nanos) {
      running.add(nanos);
      if (!fromIntervalBefore && running.count() >= nextLook) {
        p99Nanos = running.quantileUpperNanos(0.99);
        nextLook = running.count() * 2;
      }
    }

    /** Whether the route was used of late. */
    boolean tick() {
      unused = running.count() > countBefore ? 0 : unused + 1;
      if (running.count() >= FEWEST) {
        p99Nanos = running.quantileUpperNanos(0.99);
        fromIntervalBefore = true;
        running.clear();
      }
      countBefore = running.count();
      return unused < MOST_UNUSED;
    }
  }
}
