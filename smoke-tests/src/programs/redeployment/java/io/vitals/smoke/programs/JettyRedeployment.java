/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Deploys and undeploys a web application on Jetty 12 again and again, and prints how many of its
 * class loaders are still reachable in the end. Arguments: an empty folder, the application, how
 * often.
 */
public final class JettyRedeployment {
  private JettyRedeployment() {}

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    Server server = new Server(new QueuedThreadPool(8));
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ContextHandlerCollection contexts = new ContextHandlerCollection();
    server.setHandler(contexts);
    server.start();
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    try (Warehouse warehouse = new Warehouse()) {
      String application = "http://127.0.0.1:" + connector.getLocalPort() + "/shop/";
      URL page = new URL(application + "?stock=http://127.0.0.1:" + warehouse.port() + "/stock");
      for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
        loaders.add(
            deployed(contexts, Path.of(arguments[0], "temp" + i), Path.of(arguments[1]), page));
      }
      System.out.println("reachable " + Loaders.reachable(loaders));
      System.out.println("ready port=" + connector.getLocalPort());
      while (System.in.read() >= 0) {
        continue;
      }
    } finally {
      server.stop();
    }
  }

  private static WeakReference<ClassLoader> deployed(
      ContextHandlerCollection contexts, Path temporary, Path application, URL page)
      throws Exception {
    WebAppContext shop = new WebAppContext();
    shop.setContextPath("/shop");
    shop.setWar(application.toString());
    shop.setTempDirectory(temporary.toFile());
    contexts.deployHandler(shop, Callback.NOOP);
    if (!shop.isStarted()) {
      shop.start();
    }
    ClassLoader loader = shop.getClassLoader();
    int status = Warehouse.get(page);
    if (status != 200) {
      throw new IOException("the application answers " + status);
    }
    shop.stop();
    contexts.removeHandler(shop);
    shop.destroy();
    return new WeakReference<>(loader);
  }
}
