/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.h2.jdbcx.JdbcDataSource;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.http.HttpService;

/** A servlet that another bundle's HTTP service answers with, and H2, in a bundle of their own. */
public final class HttpServiceBundle implements BundleActivator {
  /** Counts the tables. */
  private static final class Tables extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      JdbcDataSource database = new JdbcDataSource();
      database.setURL("jdbc:h2:mem:shop");
      try (Connection connection = database.getConnection();
          Statement statement = connection.createStatement();
          ResultSet tables =
              statement.executeQuery("SELECT count(*) FROM information_schema.tables")) {
        tables.next();
        response.getWriter().print(tables.getInt(1));
      } catch (SQLException e) {
        throw new ServletException(e);
      }
    }
  }

  @Override
  public void start(BundleContext context) throws Exception {
    ServiceReference<HttpService> found = context.getServiceReference(HttpService.class);
    context.getService(found).registerServlet("/tables", new Tables(), null, null);
    int port = port(found.getProperty("osgi.http.endpoint"));
    new Thread(() -> serve(context, port), "shop").start();
  }

  /** The port in the first of the addresses, which end with a slash. */
  private static int port(Object endpoints) {
    String first = ((String[]) endpoints)[0];
    return Integer.parseInt(first.replaceAll(".*:(\\d+)/.*", "$1"));
  }

  private static void serve(BundleContext context, int port) {
    try {
      Console.serve(port);
      context.getBundle(0).stop();
    } catch (IOException | BundleException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop(BundleContext context) {}
}
