/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;

/**
 * Deploys and undeploys a small web application again and again, and prints how many of its class
 * loaders are still reachable in the end. Arguments: an empty folder, the jar of H2, how often.
 */
public final class Redeployment {
  private static final String SERVLET = "io/vitals/smoke/programs/RedeployedServlet.class";

  /** Collections that a class loader may take to be freed. */
  private static final int COLLECTIONS = 20;

  private Redeployment() {}

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    TomcatURLStreamHandlerFactory.disable();
    Path base = Paths.get(arguments[0]);
    Path pages = application(base, Paths.get(arguments[1]));
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
      System.out.println("reachable " + reachable(loaders));
      System.out.println("ready port=" + tomcat.getConnector().getLocalPort());
      while (System.in.read() >= 0) {
        continue;
      }
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  private static Path application(Path base, Path driver) throws IOException {
    Path pages = base.resolve("pages");
    Path library = Files.createDirectories(pages.resolve("WEB-INF/lib"));
    Files.copy(driver, library.resolve("h2.jar"));
    Path servlet = pages.resolve("WEB-INF/classes").resolve(SERVLET);
    Files.createDirectories(servlet.getParent());
    try (InputStream in = Redeployment.class.getClassLoader().getResourceAsStream(SERVLET)) {
      Files.copy(in, servlet);
    }
    return pages;
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

  private static int reachable(List<WeakReference<ClassLoader>> loaders)
      throws InterruptedException {
    int reachable = loaders.size();
    for (int i = 0; i < COLLECTIONS && reachable > 0; i++) {
      System.gc();
      System.runFinalization();
      TimeUnit.MILLISECONDS.sleep(100);
      reachable = 0;
      for (WeakReference<ClassLoader> loader : loaders) {
        reachable += loader.get() == null ? 0 : 1;
      }
    }
    return reachable;
  }
}
