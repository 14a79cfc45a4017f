/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.route;

import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;

/**
 * Takes the route that a web framework has found for the request that this thread answers.
 *
 * <p>It counts more than the mapping of the servlet; of several, the first counts, so that an error
 * page does not take the place of what failed. Cost: a look into a table of the routes so far.
 */
public final class FrameworkRoutes {
  private static final RouteTexts TEXTS = new RouteTexts(true);

  private FrameworkRoutes() {}

  /**
   * Notes the route.
   *
   * @param application the path of the web application, empty for the root; null counts as empty
   * @param pattern what the framework has matched below it, or null if nothing
   */
  public static void matched(String application, String pattern) {
    ServerSpan span = pattern == null ? null : request();
    if (span == null || (span.bits & Span.FRAMEWORK_ROUTED) != 0) {
      return;
    }
    boolean atRoot = application == null || application.isEmpty();
    take(span, atRoot && pattern.startsWith("/") ? pattern : join(application, pattern));
  }

  /**
   * Notes the route of an action.
   *
   * @param application the path of the web application
   * @param namespace where the action is below it; null counts as empty
   * @param name the action's, or null if nothing was found
   */
  public static void matched(String application, String namespace, String name) {
    if (name != null && request() != null) {
      matched(application, join(namespace, name));
    }
  }

  private static String join(String path, String further) {
    return TEXTS.join(path == null ? "" : path, further);
  }

  /**
   * Notes a route whose text is ready.
   *
   * @param before the route of the locator that has led to it, whose place it takes; or null
   */
  static void matchedBelow(String before, String route) {
    ServerSpan span = request();
    if (span == null) {
      return;
    }
    if ((span.bits & Span.FRAMEWORK_ROUTED) == 0 || before != null && before.equals(span.route)) {
      take(span, route.isEmpty() ? "/" : route);
    }
  }

  /** The request that this thread answers, or null. */
  static ServerSpan request() {
    Span open = Current.span();
    return open == null || !(open.root instanceof ServerSpan) ? null : (ServerSpan) open.root;
  }

  private static void take(ServerSpan span, String route) {
    span.route = route;
    span.bits |= Span.ROUTED | Span.FRAMEWORK_ROUTED;
  }
}
