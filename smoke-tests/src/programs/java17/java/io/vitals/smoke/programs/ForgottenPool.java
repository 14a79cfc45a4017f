/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * A pool of DBCP whose classes are those of a class loader of its own: {@code /forgettable} makes
 * it, {@code /forget} lets it go without closing it, and answers 200 once its class loader is gone.
 */
final class ForgottenPool {
  private static final String URL = "jdbc:h2:mem:forgotten";

  private DataSource pool;

  /** As that of a web application: it has its own DBCP, the driver is everybody's. */
  private static final class OwnLoader extends URLClassLoader {
    OwnLoader(URL[] urls) {
      super(urls, ForgottenPool.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("org.apache.commons.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }

  static void pages(HttpServer server) {
    ForgottenPool page = new ForgottenPool();
    server.createContext("/forgettable", page::make);
    server.createContext("/forget", page::forget);
  }

  private void make(HttpExchange exchange) throws IOException {
    // H2 is here before: what it starts keeps the loaders of those who made it start.
    try (Connection here = DriverManager.getConnection(URL + ";DB_CLOSE_DELAY=-1");
        Statement statement = here.createStatement()) {
      statement.execute("select 1");
      List<URL> jars = new ArrayList<>();
      for (String jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
        jars.add(new File(jar).toURI().toURL());
      }
      ClassLoader loader = new OwnLoader(jars.toArray(new URL[0]));
      Class<?> type = loader.loadClass("org.apache.commons.dbcp2.BasicDataSource");
      pool = (DataSource) type.getDeclaredConstructor().newInstance();
      type.getMethod("setUrl", String.class).invoke(pool, URL);
      pool.getConnection().close();
      Warehouse.answer(exchange, 200, "done");
    } catch (Exception e) {
      e.printStackTrace();
      Warehouse.answer(exchange, 500, e.toString());
    }
  }

  private void forget(HttpExchange exchange) throws IOException {
    WeakReference<ClassLoader> loader = new WeakReference<>(pool.getClass().getClassLoader());
    pool = null;
    try {
      for (int i = 0; i < 200 && loader.get() != null; i++) {
        System.gc();
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Warehouse.answer(exchange, loader.get() == null ? 200 : 500, "done");
  }
}
