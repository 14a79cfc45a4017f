/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import java.util.HashMap;
import java.util.Map;

/**
 * Remembers the names {@code METHOD route} of server spans, which repeat.
 *
 * <p>Confined to the export thread. A hit allocates nothing.
 */
final class RouteNames {
  /** Routes are an application's own, but for those that are paths in truth. */
  private static final int MOST = 2048;

  private final Map<String, Map<String, String>> byMethod = new HashMap<>();
  private int size;

  String of(String method, String route) {
    Map<String, String> byRoute = byMethod.get(method);
    if (byRoute == null) {
      byRoute = new HashMap<>();
      byMethod.put(method, byRoute);
    }
    String name = byRoute.get(route);
    if (name == null) {
      if (size++ == MOST) {
        byMethod.clear();
        size = 0;
        return of(method, route);
      }
      name = method + " " + route;
      byRoute.put(route, name);
    }
    return name;
  }
}
