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
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Does on demand what a test wants to have counted: pages on the JDK's own server, and the commands
 * {@code calls} and {@code rush} on standard input.
 */
public final class Errands {
  private static final String DATABASE = "jdbc:h2:mem:errands;DB_CLOSE_DELAY=-1";

  /** What a test waits for at most. */
  private static final long PATIENCE_SECONDS = 60;

  /** One page: the status and what it does on the way. */
  private interface Page {
    int serve(HttpExchange exchange) throws IOException, SQLException, InterruptedException;
  }

  private static final CountDownLatch GO = new CountDownLatch(1);

  private Errands() {}

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    try (Connection connection = DriverManager.getConnection(DATABASE, "sa", "")) {
      execute(connection, "create alias busy for \"io.vitals.smoke.programs.Errands.busy\"");
      execute(connection, "create alias warm for \"io.vitals.smoke.programs.Errands.busy\"");
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    page(server, "/plain", exchange -> 200);
    page(server, "/health", exchange -> 200);
    page(server, "/one", exchange -> statements(1, 200));
    page(server, "/failing", exchange -> statements(1, 500));
    page(server, "/paced", Errands::paced);
    page(server, "/ask", exchange -> Warehouse.get(new URL(System.getProperty("downstream"))));
    page(server, "/long", exchange -> longRoot());
    page(server, "/go", exchange -> go());
    server.start();
    System.out.println("ready port=" + server.getAddress().getPort());
    try {
      obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  private static void page(HttpServer server, String path, Page page) {
    server.createContext(path, exchange -> serve(exchange, page));
  }

  private static void serve(HttpExchange exchange, Page page) throws IOException {
    int status;
    try {
      status = page.serve(exchange);
    } catch (SQLException | InterruptedException e) {
      throw new IOException(e);
    }
    Warehouse.answer(exchange, status, "done");
  }

  private static void obey(BufferedReader commands) throws Exception {
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ");
      int number = Integer.parseInt(words[1]);
      if (words[0].equals("calls")) {
        System.out.println("calls " + number + " " + calls("call busy(?)", number));
      } else if (words[0].equals("warm")) {
        System.out.println("warm " + calls("call warm(?)", number).length());
      } else {
        rush(number);
        System.out.println("rushed");
      }
    }
  }

  /**
   * Makes calls of known durations, and returns what each took by the clock around it, in
   * nanoseconds.
   */
  private static String calls(String sql, int number) throws SQLException {
    long[] nanos = new long[number];
    try (Connection connection = DriverManager.getConnection(DATABASE, "sa", "");
        PreparedStatement call = connection.prepareStatement(sql)) {
      for (int i = 0; i < number; i++) {
        call.setLong(1, script(i));
        long start = System.nanoTime();
        call.execute();
        nanos[i] = System.nanoTime() - start;
      }
    }
    StringBuilder text = new StringBuilder();
    for (long each : nanos) {
      text.append(text.length() == 0 ? "" : ",").append(each);
    }
    return text.toString();
  }

  /**
   * From 900 us on, exponentially fewer, 1,004 us at the median; the longest three of a hundred
   * take 8 to 12 ms, 10.7 ms at p99. So long that what lies between two clocks, a few microseconds
   * on a busy machine, is little beside it.
   */
  private static long script(int call) {
    double share = call * 0.6180339887498949 % 1;
    return share < 0.97
        ? 900_000 - (long) (150_000 * Math.log(1 - share))
        : 8_000_000 + (long) ((share - 0.97) / 0.03 * 4_000_000);
  }

  /** Keeps a statement busy for so long; called by the database. */
  public static long busy(long nanos) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      continue;
    }
    return nanos;
  }

  /** Executes so many cheap statements from four threads, each one a trace of its own. */
  private static void rush(int statements) throws Exception {
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Thread(() -> executeAll(statements / threads.length));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void executeAll(int times) {
    try {
      statements(times, 200);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int statements(int times, int status) throws SQLException {
    try (Connection connection = DriverManager.getConnection(DATABASE, "sa", "");
        PreparedStatement statement = connection.prepareStatement("select 1 from dual")) {
      for (int i = 0; i < times; i++) {
        statement.executeQuery().close();
      }
    }
    return status;
  }

  /** Takes as many milliseconds as the query of the request says. */
  private static int paced(HttpExchange exchange) throws InterruptedException, SQLException {
    TimeUnit.MILLISECONDS.sleep(Long.parseLong(exchange.getRequestURI().getQuery()));
    return statements(1, 200);
  }

  /** Half of the statements, a rest until somebody says {@code /go}, the other half. */
  private static int longRoot() throws SQLException, InterruptedException {
    statements(25_000, 200);
    System.out.println("half");
    return GO.await(PATIENCE_SECONDS, TimeUnit.SECONDS) ? statements(25_000, 200) : 500;
  }

  private static int go() {
    GO.countDown();
    return 200;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }
}
