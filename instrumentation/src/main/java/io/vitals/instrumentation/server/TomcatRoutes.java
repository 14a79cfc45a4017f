/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** Reads the mappings of Tomcat's servlets and filters, once for each. */
public final class TomcatRoutes {
  private TomcatRoutes() {}

  /** The routes of a servlet. */
  static ServletRoutes of(Wrapper servlet) {
    ServletRoutes kept = ServletRoutes.kept(servlet);
    if (kept != null) {
      return kept;
    }
    Container parent = servlet.getParent();
    String application = parent instanceof Context ? ((Context) parent).getPath() : "";
    return ServletRoutes.ofServlet(servlet, application, Arrays.asList(servlet.findMappings()));
  }

  /** The routes of what the filters of a web application are mapped to. */
  static ServletRoutes ofFilters(Context application) {
    ServletRoutes kept = ServletRoutes.kept(application);
    if (kept != null) {
      return kept;
    }
    List<String> mappings = new ArrayList<>();
    for (FilterMap map : application.findFilterMaps()) {
      if ((map.getDispatcherMapping() & FilterMap.REQUEST) != 0) {
        mappings.addAll(Arrays.asList(map.getURLPatterns()));
      }
    }
    return ServletRoutes.ofFilters(application, application.getPath(), mappings);
  }
}
