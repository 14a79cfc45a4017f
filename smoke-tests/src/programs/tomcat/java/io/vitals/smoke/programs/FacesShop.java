/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;

/**
 * Whichever JSF is on the class path, on an embedded Tomcat: the web application {@code /shop} of
 * three views, found and started as in any container, and a page of JSP where its compiler is.
 */
public final class FacesShop {
  private FacesShop() {}

  public static void main(String[] arguments) throws Exception {
    EmbeddedTomcat tomcat = new EmbeddedTomcat("faces");
    Path pages = tomcat.folder("shop");
    Files.createDirectories(pages.resolve("WEB-INF"));
    write(pages, "WEB-INF/faces-config.xml", "<faces-config version=\"2.3\"/>");
    view(pages, "orders.xhtml", "orders");
    view(pages, "admin/orders.xhtml", "all orders");
    view(pages, "fails.xhtml", "#{1 mod 0}");
    write(pages, "offers.jsp", "<%= 6 * 7 %>");
    Context shop = tomcat.deployed("/shop", pages);
    // Before 4, Mojarra looks for it in the compiler of JSP only.
    shop.addParameter("com.sun.faces.expressionFactory", "org.apache.el.ExpressionFactoryImpl");
    if (FacesShop.class.getResource("/org/apache/myfaces/webapp") != null) {
      // Otherwise found through its tag library, which takes a compiler of JSP.
      shop.addApplicationListener("org.apache.myfaces.webapp.StartupServletContextListener");
    }
    tomcat.serve();
  }

  private static void view(Path pages, String name, String text) throws IOException {
    write(pages, name, "<html xmlns=\"http://www.w3.org/1999/xhtml\"><p>" + text + "</p></html>");
  }

  private static void write(Path pages, String name, String text) throws IOException {
    Path file = pages.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
