/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

/**
 * Whichever JAX-RS framework is on the class path, on an embedded Tomcat: the web application
 * {@code /shop}, with the same resources below {@code /rest} and beside it.
 */
public final class RestShop {
  /** The servlets of Jersey, RESTEasy and CXF. */
  private static final String[] SERVLETS = {
    "org.glassfish.jersey.servlet.ServletContainer",
    "org.jboss.resteasy.plugins.server.servlet.HttpServletDispatcher",
    "org.apache.cxf.jaxrs.servlet.CXFNonSpringJaxrsServlet"
  };

  private RestShop() {}

  public static void main(String[] arguments) throws Exception {
    EmbeddedTomcat tomcat = new EmbeddedTomcat("rest");
    Context shop = tomcat.application("/shop");
    resources(shop, "rest", "/rest");
    resources(shop, "all", "");
    ErrorPage error = new ErrorPage();
    error.setErrorCode(503);
    error.setLocation("/rest/errors/of/the/shop");
    shop.addErrorPage(error);
    tomcat.serve();
  }

  private static void resources(Context shop, String name, String prefix) {
    Wrapper wrapper = Tomcat.addServlet(shop, name, servlet());
    wrapper.addInitParameter("jakarta.ws.rs.Application", RestResources.class.getName());
    if (!prefix.isEmpty()) {
      wrapper.addInitParameter("resteasy.servlet.mapping.prefix", prefix);
    }
    wrapper.setAsyncSupported(true);
    wrapper.setLoadOnStartup(1);
    shop.addServletMappingDecoded(prefix + "/*", name);
  }

  private static String servlet() {
    for (String servlet : SERVLETS) {
      try {
        return Class.forName(servlet).getName();
      } catch (ClassNotFoundException another) {
        continue;
      }
    }
    throw new IllegalStateException("no JAX-RS framework on the class path");
  }
}
