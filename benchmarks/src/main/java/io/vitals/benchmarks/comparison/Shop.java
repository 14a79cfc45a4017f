/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import com.sun.management.ThreadMXBean;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;

/**
 * The application that every peer watches: a Tomcat whose {@code /orders/*} runs two statements and
 * one outgoing call.
 *
 * <p>It tells its port once it answers, and what it has cost when a line on standard input asks; so
 * no request but those of the load is ever served. It ends with its standard input.
 */
final class Shop {
  /** Enough for the load's connections, of which there are no more. */
  static final int THREADS = 8;

  private static final int ORDERS = 1000;

  private Shop() {}

  /** Runs the shop; the argument is the URL of the stock. */
  public static void main(String[] arguments) throws Exception {
    File base = Files.createTempDirectory("vitals-shop").toFile();
    try (HikariDataSource database = database()) {
      Tomcat tomcat = new Tomcat();
      tomcat.setBaseDir(base.getPath());
      tomcat.setSilent(true);
      tomcat.setPort(0);
      connector(tomcat.getConnector());
      Context context = tomcat.addContext("", base.getPath());
      Tomcat.addServlet(context, "orders", new Orders(database, new URL(arguments[0])));
      context.addServletMappingDecoded("/orders/*", "orders");
      tomcat.start();
      System.out.println(Child.ANSWER + tomcat.getConnector().getLocalPort());
      converse();
      tomcat.stop();
      tomcat.destroy();
    }
  }

  private static void connector(Connector connector) {
    connector.setProperty("address", "127.0.0.1");
    AbstractProtocol<?> protocol = (AbstractProtocol<?>) connector.getProtocolHandler();
    protocol.setMaxThreads(THREADS);
    protocol.setMinSpareThreads(THREADS);
    connector.setProperty("maxKeepAliveRequests", "-1");
  }

  private static HikariDataSource database() throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:mem:shop");
    config.setMaximumPoolSize(THREADS);
    HikariDataSource database = new HikariDataSource(config);
    try (Connection connection = database.getConnection()) {
      connection
          .createStatement()
          .execute("CREATE TABLE orders (id INT PRIMARY KEY, item VARCHAR(40), seen INT)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO orders VALUES (?, ?, 0)")) {
        for (int id = 0; id < ORDERS; id++) {
          insert.setInt(1, id);
          insert.setString(2, "tea no. " + id);
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
    return database;
  }

  private static void converse() throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals("gc")) {
        System.gc();
      }
      System.out.println(Child.ANSWER + allocatedBytes());
    }
  }

  /** Of all threads, also those that have ended; before JDK 21 of those that live. */
  private static long allocatedBytes() throws ReflectiveOperationException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    if (Runtime.version().feature() >= 21) {
      Method total = ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes");
      return (Long) total.invoke(threads);
    }
    long sum = 0;
    for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }

  /** Reads an order, counts that it was seen, and asks how much is in stock. */
  private static final class Orders extends HttpServlet {
    private static final long serialVersionUID = 1;
    private final transient DataSource database;
    private final URL stock;

    Orders(DataSource database, URL stock) {
      this.database = database;
      this.stock = stock;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      try {
        String item = order(Integer.parseInt(request.getPathInfo().substring(1)));
        response.setContentType("text/plain");
        response.getWriter().print(item + ", in stock: " + inStock());
      } catch (SQLException e) {
        throw new ServletException(e);
      }
    }

    private String order(int id) throws SQLException {
      try (Connection connection = database.getConnection();
          PreparedStatement select =
              connection.prepareStatement("SELECT item FROM orders WHERE id = ?");
          PreparedStatement update =
              connection.prepareStatement("UPDATE orders SET seen = seen + 1 WHERE id = ?")) {
        select.setInt(1, id % ORDERS);
        update.setInt(1, id % ORDERS);
        try (ResultSet rows = select.executeQuery()) {
          rows.next();
          update.executeUpdate();
          return rows.getString(1);
        }
      }
    }

    private String inStock() throws IOException {
      HttpURLConnection call = (HttpURLConnection) stock.openConnection();
      try (InputStream in = call.getInputStream()) {
        return new String(in.readAllBytes());
      }
    }
  }
}
