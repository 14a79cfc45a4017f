/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.route;

import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Takes the route that a web framework has found for the request that this thread answers.
 *
 * <p>It counts more than the mapping of the servlet; of several, the first counts, so that an error
 * page does not take the place of what failed. Cost: a look into a table of the routes so far.
 */
public final class FrameworkRoutes {
  /** Routes kept, a power of two: what a large application has; one that finds no place is made. */
  private static final int SLOTS = 2048;

  private static final int PROBES = 8;

  private static final AtomicReferenceArray<Route> KEPT = new AtomicReferenceArray<>(SLOTS);

  private FrameworkRoutes() {}

  /** A route and what it is made of. */
  private static final class Route {
    final String application;
    final String pattern;
    final String text;

    Route(String application, String pattern) {
      this.application = application;
      this.pattern = pattern;
      this.text = application + (pattern.startsWith("/") ? "" : "/") + pattern;
    }
  }

  /**
   * Notes the route.
   *
   * @param application the path of the web application, empty for the root; null counts as empty
   * @param pattern what the framework has matched below it, or null if nothing
   */
  public static void matched(String application, String pattern) {
    Span open = pattern == null ? null : Current.span();
    if (open == null || !(open.root instanceof ServerSpan)) {
      return;
    }
    ServerSpan span = (ServerSpan) open.root;
    if ((span.bits & Span.FRAMEWORK_ROUTED) == 0) {
      span.route = route(application == null ? "" : application, pattern);
      span.bits |= Span.ROUTED | Span.FRAMEWORK_ROUTED;
    }
  }

  /** A lost race means only that a route is made once more. */
  private static String route(String application, String pattern) {
    if (application.isEmpty() && pattern.startsWith("/")) {
      return pattern;
    }
    int hash = 31 * application.hashCode() + pattern.hashCode();
    hash ^= hash >>> 16;
    for (int i = 0; i < PROBES; i++) {
      int slot = (hash + i) & (SLOTS - 1);
      Route kept = KEPT.get(slot);
      if (kept == null) {
        kept = new Route(application, pattern);
        KEPT.set(slot, kept);
      }
      if (kept.pattern.equals(pattern) && kept.application.equals(application)) {
        return kept.text;
      }
    }
    return new Route(application, pattern).text;
  }
}
