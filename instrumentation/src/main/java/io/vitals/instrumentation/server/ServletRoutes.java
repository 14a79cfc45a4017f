/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The routes of one servlet, or of all filters of one web application, with their text ready.
 *
 * <p>The rules are those of the OpenTelemetry agent: an exact mapping is its own route, {@code
 * *.do} is {@code /*.do}, a default mapping is {@code /*} except for {@code /} itself, and a page
 * of {@code *.jsp} is its own route. Each comes after the path of the web application.
 *
 * <p>Immutable but for its bounded table of pages; held as long as nothing takes its place in the
 * cache, and holds its servlet weakly. Cost: an identity hash and a few comparisons.
 */
public final class ServletRoutes extends WeakReference<Object> {
  /**
   * Routes kept, a power of two: what a few large web applications have in servlets; 40 KB when
   * full. One that finds no place is made again each time.
   */
  private static final int SLOTS = 1024;

  /** Places looked at for one servlet: with half of the slots taken, one in 250 finds none. */
  private static final int PROBES = 8;

  /** Pages of {@code *.jsp} that get their own route; a power of two. Further ones share one. */
  private static final int PAGES = 256;

  private static final AtomicReferenceArray<ServletRoutes> CACHE =
      new AtomicReferenceArray<>(SLOTS);

  private final String[] exact;
  private final String[] exactRoutes;
  private final String[] wild;
  private final String[] wildRoutes;
  private final String root;
  private final String other;
  private final String only;
  private final AtomicReferenceArray<String> pages;
  private final String application;

  private ServletRoutes(
      Object owner, String application, List<String> mappings, boolean ofServlet) {
    super(owner);
    this.application = application;
    List<String> exact = new ArrayList<>();
    List<String> wild = new ArrayList<>();
    boolean other = ofServlet && mappings.isEmpty();
    boolean pages = false;
    for (String mapping : mappings) {
      if (mapping.isEmpty()) {
        exact.add("/");
      } else if (mapping.equals("/") || mapping.equals("/*")) {
        other = true;
      } else if (mapping.startsWith("*.") || mapping.endsWith("/*")) {
        wild.add(longestFirst(wild, mapping.length()), mapping);
        pages |= isPage(mapping);
      } else {
        exact.add(mapping);
      }
    }
    this.exact = exact.toArray(new String[0]);
    this.exactRoutes = prefixed(this.exact);
    this.wild = wild.toArray(new String[0]);
    this.wildRoutes = prefixed(this.wild);
    this.root = other ? application + "/" : null;
    this.other = other ? application + "/*" : null;
    this.pages = pages ? new AtomicReferenceArray<String>(PAGES) : null;
    this.only =
        !ofServlet || other || pages || mappings.size() != 1
            ? null
            : exactRoutes.length == 1 ? exactRoutes[0] : wildRoutes[0];
  }

  private static int longestFirst(List<String> mappings, int length) {
    int at = 0;
    while (at < mappings.size() && mappings.get(at).length() >= length) {
      at++;
    }
    return at;
  }

  private String[] prefixed(String[] mappings) {
    String[] routes = new String[mappings.length];
    for (int i = 0; i < mappings.length; i++) {
      routes[i] = application + (mappings[i].startsWith("/") ? "" : "/") + mappings[i];
    }
    return routes;
  }

  private static boolean isPage(String mapping) {
    return mapping.equals("*.jsp") || mapping.equals("*.jspx");
  }

  /** The routes that were kept for a servlet or a web application, or null. */
  static ServletRoutes kept(Object owner) {
    int at = System.identityHashCode(owner);
    for (int i = 0; i < PROBES; i++) {
      ServletRoutes routes = CACHE.get((at + i) & (SLOTS - 1));
      if (routes == null) {
        return null;
      }
      if (routes.get() == owner) {
        return routes;
      }
    }
    return null;
  }

  /** Makes and keeps the routes of a servlet, by what it is mapped to. */
  static ServletRoutes ofServlet(Object servlet, String application, List<String> mappings) {
    return keep(new ServletRoutes(servlet, application, mappings, true), servlet);
  }

  /** Makes and keeps the routes of what the filters of a web application are mapped to. */
  static ServletRoutes ofFilters(Object owner, String application, List<String> mappings) {
    return keep(new ServletRoutes(owner, application, mappings, false), owner);
  }

  /** A lost race means only that the routes are made once more. */
  private static ServletRoutes keep(ServletRoutes routes, Object owner) {
    int at = System.identityHashCode(owner);
    for (int i = 0; i < PROBES; i++) {
      int slot = (at + i) & (SLOTS - 1);
      ServletRoutes there = CACHE.get(slot);
      if (there == null || there.get() == null) {
        CACHE.set(slot, routes);
        break;
      }
    }
    return routes;
  }

  /** The route of a path below the web application, or null if none of the mappings is its. */
  String resolve(CharSequence path) {
    if (only != null) {
      return only;
    }
    if (path == null) {
      return null;
    }
    int length = path.length();
    if (length > 1 && path.charAt(length - 1) == '/') {
      length--;
    }
    for (int i = 0; i < exact.length; i++) {
      if (exact[i].length() == length && matches(path, 0, exact[i], 0, length)) {
        return exactRoutes[i];
      }
    }
    for (int i = 0; i < wild.length; i++) {
      if (matchesWild(path, length, wild[i])) {
        return pages != null && isPage(wild[i]) ? page(path, wildRoutes[i]) : wildRoutes[i];
      }
    }
    return length == 1 ? root : other;
  }

  private static boolean matchesWild(CharSequence path, int length, String mapping) {
    if (mapping.charAt(0) == '*') {
      int suffix = mapping.length() - 1;
      return length >= suffix && matches(path, length - suffix, mapping, 1, suffix);
    }
    int prefix = mapping.length() - 2;
    return length >= prefix
        && (length == prefix || path.charAt(prefix) == '/')
        && matches(path, 0, mapping, 0, prefix);
  }

  private static boolean matches(CharSequence path, int at, String text, int from, int length) {
    for (int i = 0; i < length; i++) {
      if (path.charAt(at + i) != text.charAt(from + i)) {
        return false;
      }
    }
    return true;
  }

  private String page(CharSequence path, String shared) {
    int hash = 0;
    for (int i = 0; i < path.length(); i++) {
      hash = 31 * hash + path.charAt(i);
    }
    int before = application.length();
    for (int i = 0; i < PROBES; i++) {
      int slot = ((hash ^ hash >>> 16) + i) & (PAGES - 1);
      String route = pages.get(slot);
      if (route == null) {
        route = application + path;
        pages.set(slot, route);
        return route;
      }
      if (route.length() == before + path.length()
          && matches(path, 0, route, before, path.length())) {
        return route;
      }
    }
    return shared;
  }
}
