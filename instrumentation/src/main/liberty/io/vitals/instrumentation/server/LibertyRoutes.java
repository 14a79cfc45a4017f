/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import com.ibm.wsspi.webcontainer.servlet.IExtendedRequest;
import io.vitals.bootstrap.ServerSpan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Notes the routes of Open Liberty's servlets and filters.
 *
 * <p>What holds the mappings has servlet types in its methods, of two names; it is asked by
 * reflection, once for each servlet.
 */
public final class LibertyRoutes {
  private static final Object[] NONE = {};

  private LibertyRoutes() {}

  /** Notes the route of the servlet that the request is mapped to. */
  public static void mapped(Object request, Object servlet) {
    ServerSpan span = ServedRequest.unrouted();
    String path = path(request);
    if (span == null || path == null || servlet == null) {
      return;
    }
    ServletRoutes routes = ServletRoutes.kept(servlet);
    if (routes == null) {
      Object config = call(servlet, "getServletConfig");
      Object mappings = config == null ? null : call(config, "getMappings");
      if (mappings == null) {
        return;
      }
      routes =
          ServletRoutes.ofServlet(
              servlet, application(call(config, "getServletContext")), texts(mappings));
    }
    span.route = routes.resolve(path);
  }

  /** Notes the route of the request's filters if one of them has spared the servlet. */
  public static void filtered(Object request, Object application) {
    ServerSpan span = ServedRequest.unrouted();
    String path = path(request);
    if (span == null || path == null || application == null) {
      return;
    }
    ServletRoutes routes = ServletRoutes.kept(application);
    if (routes == null) {
      List<String> patterns = new ArrayList<>();
      Object found = call(call(application, "getConfiguration"), "getUriFilterMappings");
      if (found != null) {
        for (Object mapping : (Collection<?>) found) {
          patterns.add(String.valueOf(call(mapping, "getUrlPattern")));
        }
      }
      routes = ServletRoutes.ofFilters(application, application(application), patterns);
    }
    span.route = routes.resolve(path);
  }

  private static String path(Object request) {
    return request instanceof IExtendedRequest
        ? ((IExtendedRequest) request).getWebAppDispatcherContext().getRelativeUri()
        : null;
  }

  private static String application(Object context) {
    Object path = context == null ? null : call(context, "getContextPath");
    return path == null || path.equals("/") ? "" : path.toString();
  }

  private static List<String> texts(Object mappings) {
    List<String> texts = new ArrayList<>();
    for (Object mapping : (Collection<?>) mappings) {
      texts.add(mapping.toString());
    }
    return texts;
  }

  private static Object call(Object of, String method) {
    try {
      return of.getClass().getMethod(method).invoke(of, NONE);
    } catch (ReflectiveOperationException absent) {
      throw new IllegalStateException(of.getClass().getName() + '.' + method, absent);
    }
  }
}
