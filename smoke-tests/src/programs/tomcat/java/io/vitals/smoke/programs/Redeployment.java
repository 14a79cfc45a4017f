/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;

/**
 * Deploys and undeploys a small web application again and again, and prints how many of its class
 * loaders are still reachable in the end. Arguments: an empty folder, the application, how often.
 */
public final class Redeployment {
  private Redeployment() {}

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    TomcatURLStreamHandlerFactory.disable();
    Path base = Paths.get(arguments[0]);
    Path pages = Paths.get(arguments[1]);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("maxThreads", "4");
    tomcat.start();
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    try (Warehouse warehouse = new Warehouse()) {
      String application = "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/shop/";
      String stock = "?stock=http://127.0.0.1:" + warehouse.port() + "/stock";
      for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
        loaders.add(deployed(tomcat, pages, new URL(application + stock)));
      }
      System.out.println("reachable " + Loaders.reachable(loaders));
      System.out.println("ready port=" + tomcat.getConnector().getLocalPort());
      while (System.in.read() >= 0) {
        continue;
      }
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  private static WeakReference<ClassLoader> deployed(Tomcat tomcat, Path pages, URL page)
      throws IOException, LifecycleException {
    Context shop = tomcat.addContext("/shop", pages.toString());
    Tomcat.addServlet(shop, "shop", "io.vitals.smoke.programs.RedeployedServlet");
    shop.addServletMappingDecoded("/", "shop");
    if (!shop.getState().isAvailable()) {
      shop.start();
    }
    ClassLoader loader = shop.getLoader().getClassLoader();
    int status = Warehouse.get(page);
    if (status != 200) {
      throw new IOException("the application answers " + status);
    }
    shop.stop();
    tomcat.getHost().removeChild(shop);
    shop.destroy();
    return new WeakReference<>(loader);
  }
}
