/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.bootstrap.ServerSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Notes the routes of Jetty's servlets and filters, of Jetty 9.4 to 12.
 *
 * <p>The classes that hold the mappings have the same methods in all of them, in packages of five
 * names. So these are asked by reflection: once for each servlet, never on a request's way
 * afterwards.
 */
public final class JettyRoutes {
  private static final Object[] NONE = {};

  private JettyRoutes() {}

  /**
   * Notes the route of the servlet that a request is mapped to.
   *
   * @param handler the {@code ServletHandler}
   * @param servlet the {@code ServletHolder}
   * @param path below the web application; null for a servlet that is called by its name
   */
  public static void mapped(Object handler, Object servlet, String path) {
    ServerSpan span = ServedRequest.unrouted();
    if (span == null || servlet == null || path == null) {
      return;
    }
    ServletRoutes routes = ServletRoutes.kept(servlet);
    if (routes == null) {
      routes = of(servlet, handler, servlet);
    }
    note(span, routes, path);
  }

  /** The same for a {@code MappedServlet}, of which a servlet has one for each of its patterns. */
  static void matched(Object handler, Object mapped, String path) {
    ServerSpan span = ServedRequest.unrouted();
    if (span == null) {
      return;
    }
    ServletRoutes routes = ServletRoutes.kept(mapped);
    if (routes == null) {
      routes = of(mapped, handler, call(mapped, "getServletHolder"));
    }
    note(span, routes, path);
  }

  private static ServletRoutes of(Object key, Object handler, Object servlet) {
    return ServletRoutes.ofServlet(
        key,
        application(handler),
        mappings(handler, "getServletMappings", "getServletName", call(servlet, "getName")));
  }

  private static void note(ServerSpan span, ServletRoutes routes, String path) {
    String route = routes.resolve(path);
    if (route != null) {
      span.route = route;
    }
  }

  /** Notes the route of the request's filters if one of them has spared the servlet. */
  public static void filtered(Object handler, String path) {
    ServerSpan span = ServedRequest.unrouted();
    if (span == null || path == null) {
      return;
    }
    ServletRoutes routes = ServletRoutes.kept(handler);
    if (routes == null) {
      routes =
          ServletRoutes.ofFilters(
              handler, application(handler), mappings(handler, "getFilterMappings", null, null));
    }
    span.route = routes.resolve(path);
  }

  /** The patterns of the mappings of a servlet, or of all filters that see requests. */
  private static List<String> mappings(Object handler, String list, String key, Object sought) {
    Object[] mappings = (Object[]) call(handler, list);
    if (mappings == null) {
      return Collections.emptyList();
    }
    List<String> patterns = new ArrayList<>();
    for (Object mapping : mappings) {
      boolean meant =
          key == null ? seesRequests(mapping) : String.valueOf(sought).equals(call(mapping, key));
      String[] found = meant ? (String[]) call(mapping, "getPathSpecs") : null;
      if (found != null) {
        patterns.addAll(Arrays.asList(found));
      }
    }
    return patterns;
  }

  private static boolean seesRequests(Object mapping) {
    Object[] dispatches = ((Collection<?>) call(mapping, "getDispatcherTypes")).toArray();
    return dispatches.length == 0 || Arrays.toString(dispatches).contains("REQUEST");
  }

  private static String application(Object handler) {
    Object context = call(handler, "getServletContextHandler");
    Object path = context == null ? null : call(context, "getContextPath");
    return path == null || path.equals("/") ? "" : path.toString();
  }

  private static Object call(Object of, String method) {
    try {
      return of.getClass().getMethod(method).invoke(of, NONE);
    } catch (ReflectiveOperationException absent) {
      throw new IllegalStateException(of.getClass().getName() + '.' + method, absent);
    }
  }
}
