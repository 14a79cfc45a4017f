/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.io.IOException;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.struts2.ServletActionContext;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** Struts on an embedded Tomcat: the web application {@code /shop} with the actions of its file. */
public final class StrutsShop {
  /** The filter's package since Struts 2.5, and the one before. */
  private static final String[] PACKAGES = {
    "org.apache.struts2.dispatcher.filter.", "org.apache.struts2.dispatcher.ng.filter."
  };

  private StrutsShop() {}

  public static void main(String[] arguments) throws Exception {
    System.setProperty("log4j2.StatusLogger.level", "OFF");
    System.setProperty("org.apache.logging.log4j.simplelog.level", "OFF");
    EmbeddedTomcat tomcat = new EmbeddedTomcat("struts");
    Context shop = tomcat.application("/shop");
    Tomcat.addServlet(shop, "default", "org.apache.catalina.servlets.DefaultServlet");
    shop.addServletMappingDecoded("/", "default");
    FilterDef struts = new FilterDef();
    struts.setFilterName("struts");
    struts.setFilterClass(filter());
    shop.addFilterDef(struts);
    FilterMap mapping = new FilterMap();
    mapping.setFilterName("struts");
    mapping.addURLPattern("/*");
    mapping.setDispatcher("REQUEST");
    mapping.setDispatcher("ERROR");
    shop.addFilterMap(mapping);
    ErrorPage error = new ErrorPage();
    error.setLocation("/sorry.action");
    shop.addErrorPage(error);
    tomcat.serve();
  }

  private static String filter() {
    for (String name : PACKAGES) {
      try {
        return Class.forName(name + "StrutsPrepareAndExecuteFilter").getName();
      } catch (ClassNotFoundException another) {
        continue;
      }
    }
    throw new IllegalStateException("no Struts on the class path");
  }

  /** Answers by itself. */
  public static class Orders {
    public String execute() throws IOException {
      ServletActionContext.getResponse().getWriter().print("orders");
      return "none";
    }

    public String fail() {
      throw new IllegalStateException("fails");
    }

    public String chain() {
      return "next";
    }

    public String refuse() throws IOException {
      ServletActionContext.getResponse().sendError(403);
      return "none";
    }
  }
}
