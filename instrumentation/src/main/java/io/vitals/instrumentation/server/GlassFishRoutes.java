/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.bootstrap.ServerSpan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Request;

/**
 * Notes the routes of the servlets and filters of GlassFish and Payara.
 *
 * <p>Compiled against Tomcat, of whose types only methods are named that GlassFish's types of the
 * same names have too. The mappings of filters are others; they are asked by reflection, once for
 * each web application.
 */
public final class GlassFishRoutes {
  private static final Object[] NONE = {};

  private GlassFishRoutes() {}

  /** Notes the route of the servlet that the request is mapped to. */
  public static void mapped(Object mapped) {
    ServerSpan span = ServedRequest.unrouted();
    if (span == null || !(mapped instanceof Request)) {
      return;
    }
    Request request = (Request) mapped;
    Wrapper servlet = request.getWrapper();
    String path = path(request);
    if (servlet != null && path != null) {
      span.route = TomcatRoutes.of(servlet).resolve(path);
    }
  }

  /** Notes the route of the request's filters if one of them has spared the servlet. */
  public static void filtered(Object mapped) {
    ServerSpan span = ServedRequest.unrouted();
    if (span == null || !(mapped instanceof Request)) {
      return;
    }
    Request request = (Request) mapped;
    Context application = request.getContext();
    String path = path(request);
    span.route = application == null || path == null ? null : ofFilters(application).resolve(path);
  }

  private static String path(Request request) {
    String path = request.getServletPath();
    String below = request.getPathInfo();
    return below == null ? path : path + below;
  }

  private static ServletRoutes ofFilters(Context application) {
    ServletRoutes kept = ServletRoutes.kept(application);
    if (kept != null) {
      return kept;
    }
    List<String> mappings = new ArrayList<>();
    try {
      for (Object map : (Collection<?>) call(application, "findFilterMaps")) {
        Object pattern = call(map, "getURLPattern");
        Collection<?> dispatches = (Collection<?>) call(map, "getDispatcherTypes");
        if (pattern != null
            && (dispatches == null
                || dispatches.isEmpty()
                || dispatches.toString().contains("REQUEST"))) {
          mappings.add(pattern.toString());
        }
      }
    } catch (ReflectiveOperationException absent) {
      throw new IllegalStateException("filters of " + application.getClass().getName(), absent);
    }
    return ServletRoutes.ofFilters(application, application.getPath(), mappings);
  }

  private static Object call(Object of, String method) throws ReflectiveOperationException {
    return of.getClass().getMethod(method).invoke(of, NONE);
  }
}
