/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.bootstrap.ServerSpan;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads the mappings of servlets and filters where the Servlet API shows them, once for each. */
public final class JakartaServletRoutes {
  private JakartaServletRoutes() {}

  /** The servlet is reached: its route holds. */
  static void reached(Object servlet, ServletRequest request) {
    ServerSpan span = ServedRequest.unrouted();
    if (span == null || !(request instanceof HttpServletRequest)) {
      return;
    }
    ServletRoutes routes = ServletRoutes.kept(servlet);
    if (routes == null) {
      routes = of((Servlet) servlet);
    }
    span.route = routes.resolve(path((HttpServletRequest) request));
    ServedRequest.reached();
  }

  private static ServletRoutes of(Servlet servlet) {
    ServletRegistration mapped = null;
    String application = null;
    try {
      ServletConfig config = servlet.getServletConfig();
      if (config != null) {
        ServletContext context = config.getServletContext();
        application = root(context);
        mapped = context.getServletRegistration(config.getServletName());
      }
    } catch (RuntimeException unknown) {
      // A servlet of a servlet's own, or a container that shows none: it has no route.
      mapped = null;
    }
    return mapped == null || mapped.getMappings() == null
        ? ServletRoutes.ofFilters(servlet, "", Collections.<String>emptyList())
        : ServletRoutes.ofServlet(servlet, application, new ArrayList<>(mapped.getMappings()));
  }

  /** Notes the route of the request's filters, as they have spared the servlet. */
  static void filtered(ServletRequest request) {
    ServerSpan span = ServedRequest.unrouted();
    ServletContext context = request.getServletContext();
    if (span == null || context == null) {
      return;
    }
    ServletRoutes routes = ServletRoutes.kept(context);
    if (routes == null) {
      List<String> mappings = new ArrayList<>();
      for (FilterRegistration filter : context.getFilterRegistrations().values()) {
        if (filter.getUrlPatternMappings() != null) {
          mappings.addAll(filter.getUrlPatternMappings());
        }
      }
      routes = ServletRoutes.ofFilters(context, root(context), mappings);
    }
    span.route = routes.resolve(path((HttpServletRequest) request));
  }

  private static String root(ServletContext context) {
    String path = context.getContextPath();
    return path == null || path.equals("/") ? "" : path;
  }

  private static String path(HttpServletRequest request) {
    String path = request.getServletPath();
    String below = request.getPathInfo();
    return below == null ? path : path == null ? below : path + below;
  }
}
