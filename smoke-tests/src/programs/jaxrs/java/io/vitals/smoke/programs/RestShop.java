/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.nio.file.Files;
import java.nio.file.Path;
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
    Console.quiet();
    Path base = Files.createTempDirectory("rest");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context shop = tomcat.addContext("/shop", base.toString());
    resources(shop, "rest", "/rest");
    resources(shop, "all", "");
    ErrorPage error = new ErrorPage();
    error.setErrorCode(503);
    error.setLocation("/rest/errors/of/the/shop");
    shop.addErrorPage(error);
    tomcat.start();
    try {
      Console.serve(tomcat.getConnector().getLocalPort());
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
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
