/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A small web application with a driver, a connection and threads of its own, which it gives back
 * when it is undeployed. It is loaded by the application's own class loader.
 */
public final class RedeployedServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** One for each class loader; who looks at the heap counts them. */
  static final Mark MARK = new Mark();

  private transient ExecutorService threads;
  private transient Connection connection;

  @Override
  public void init() {
    threads = Executors.newFixedThreadPool(2);
    try {
      Class.forName("org.h2.Driver");
      connection = DriverManager.getConnection("jdbc:h2:mem:redeployed", "sa", "");
      try (Statement statement = connection.createStatement()) {
        statement.execute("create table orders (id int primary key, item varchar(40))");
      }
    } catch (ReflectiveOperationException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (connection.getClass().getClassLoader() != getClass().getClassLoader()) {
      throw new IllegalStateException("the driver is not the application's own");
    }
    URL stock = new URL(request.getParameter("stock"));
    try {
      int item = threads.submit(this::count).get(30, TimeUnit.SECONDS);
      int status = threads.submit(() -> status(stock)).get(30, TimeUnit.SECONDS);
      // The container's own thread does it, too.
      response.getWriter().print(item + count() + " " + status + " " + status(stock));
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private static int status(URL page) throws IOException {
    HttpURLConnection call = (HttpURLConnection) page.openConnection();
    call.setReadTimeout(30_000);
    int status = call.getResponseCode();
    call.getInputStream().close();
    return status;
  }

  private int count() throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select id from orders where id = ?")) {
      query.setInt(1, 7);
      return query.executeQuery().next() ? 1 : 0;
    }
  }

  /** Is reachable as long as its class loader is. */
  static final class Mark {}

  @Override
  public void destroy() {
    try {
      threads.shutdownNow();
      threads.awaitTermination(30, TimeUnit.SECONDS);
      connection.close();
      for (Driver driver : Collections.list(DriverManager.getDrivers())) {
        if (driver.getClass().getClassLoader() == getClass().getClassLoader()) {
          DriverManager.deregisterDriver(driver);
        }
      }
    } catch (InterruptedException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
