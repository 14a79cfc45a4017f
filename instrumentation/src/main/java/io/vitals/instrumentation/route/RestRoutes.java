/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.route;

/**
 * Puts the paths of JAX-RS resources together: that of the application, of the class, of the
 * method, and of each locator between them.
 *
 * <p>A slash at the end of a path says nothing in JAX-RS, and a path that is only a slash is none.
 */
public final class RestRoutes {
  private static final RouteTexts TEXTS = new RouteTexts(false);

  private RestRoutes() {}

  /** A path below another, either of which may be null for none. */
  public static String below(String path, String further) {
    if (path == null) {
      return TEXTS.join("", further == null ? "" : further);
    }
    return further == null ? path : TEXTS.join(path, further);
  }
}
