/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The situations of the JDBC contract, each one a page of the JDK's own server, and a command on
 * standard input, where it has no parent.
 *
 * <p>Arguments: URL, user, password, and {@code driver}, {@code hikari} or {@code touchy}. What
 * differs from database to database comes as properties {@code contract.*}. A situation whose
 * results are wrong prints {@code BROKEN}, one that the database refuses on purpose {@code failed}
 * with the code.
 */
public final class JdbcContract {
  /** What an application does with a connection. */
  interface Situation {
    void run(Connection connection) throws Exception;
  }

  private static final int THREADS = 4;

  private final Map<String, Situation> situations = new LinkedHashMap<>();
  private final Connections connections;

  JdbcContract(Connections connections) {
    this.connections = connections;
    StatementSituations.addTo(situations);
    BatchSituations.addTo(situations);
    new ThreadSituations(connections).addTo(situations);
  }

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    try (Connections connections = new Connections(arguments)) {
      JdbcContract contract = new JdbcContract(connections);
      contract.fill();
      for (String name : contract.situations.keySet()) {
        server.createContext("/" + name, exchange -> contract.serve(exchange, name));
      }
      server.start();
      System.out.println("ready port=" + server.getAddress().getPort());
      contract.obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
      Leaks.print(threads, THREADS);
      System.out.println("touched " + TouchyDriver.touched());
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  void fill() throws SQLException {
    try (Connection connection = connections.open();
        Statement statement = connection.createStatement()) {
      statement.execute("create table orders (id int primary key, item varchar(40), amount int)");
      statement.execute("insert into orders values (1, 'tea', 3)");
      statement.execute("insert into orders values (2, 'coffee', 5)");
      statement.execute("insert into orders values (3, 'milk', 1)");
      for (String more : System.getProperty("contract.setup", "").split(";")) {
        if (!more.isEmpty()) {
          statement.execute(more);
        }
      }
    }
  }

  private void obey(BufferedReader commands) throws IOException {
    for (String name = commands.readLine(); name != null; name = commands.readLine()) {
      run(name);
      System.out.println("done " + name);
    }
  }

  private void serve(HttpExchange exchange, String name) throws IOException {
    Warehouse.answer(exchange, run(name) ? 200 : 500, "done");
  }

  boolean run(String name) {
    try (Connection connection = connections.open()) {
      situations.get(name).run(connection);
      return true;
    } catch (Exception | LinkageError e) {
      System.out.println("BROKEN " + name + ": " + e);
      for (StackTraceElement frame : e.getStackTrace()) {
        System.out.println("    " + frame);
      }
      return false;
    }
  }

  /** Runs what the database has to refuse, and says with which code, for the test to compare. */
  static void refused(Refused call) throws Exception {
    try {
      call.run();
    } catch (SQLException e) {
      String state = e.getSQLState();
      String named = state == null || state.isEmpty() ? e.getClass().getName() : state;
      System.out.println("failed " + (e.getErrorCode() == 0 ? named : e.getErrorCode()));
      return;
    }
    throw new IllegalStateException("nothing was refused");
  }

  /** A call that the database has to refuse. */
  interface Refused {
    void run() throws Exception;
  }

  static void check(Object actual, Object expected) {
    if (!expected.equals(actual)) {
      throw new IllegalStateException(actual + " instead of " + expected);
    }
  }
}
