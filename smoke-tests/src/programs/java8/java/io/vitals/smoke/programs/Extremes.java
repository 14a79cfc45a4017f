/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;

/**
 * Throws out of instrumented calls what nobody expects, and prints what came out of each.
 *
 * <p>Its argument is a class that implements {@link Statement} and does in each method what {@link
 * #execute} does.
 */
public final class Extremes {
  private static Statement statement;
  private static int depth;

  private Extremes() {}

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    statement = (Statement) Class.forName(arguments[0]).getConstructor().newInstance();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    for (String what : new String[] {"nothing", "overflow", "memory", "death", "touchy", "error"}) {
      String sql = "throw " + what;
      say("execute " + what, () -> statement.execute(sql));
      say("update " + what, () -> statement.executeUpdate(sql));
      say("submitted " + what, () -> threads.submit(new Touchy(sql)).get());
      say("future " + what, () -> CompletableFuture.supplyAsync(() -> run(sql), threads).get());
      say("forked " + what, () -> ForkJoinPool.commonPool().submit(() -> run(sql)).get());
    }
    say("deep", Extremes::deep);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String sql = exchange.getRequestURI().getPath().substring(1).replace('_', ' ');
          try {
            statement.execute(sql);
            Warehouse.answer(exchange, 200, "done");
          } catch (SQLException | Error thrown) {
            Warehouse.answer(exchange, 500, thrown.getClass().getName());
          }
        });
    server.start();
    Console.serve(server.getAddress().getPort());
    server.stop(0);
    threads.shutdown();
  }

  /** What every method of the statement does. */
  public static int execute(String sql) throws SQLException {
    switch (sql) {
      case "throw overflow":
        return endless(1);
      case "throw memory":
        throw new OutOfMemoryError("thrown by the application");
      case "throw death":
        throw new ThreadDeath();
      case "throw touchy":
        throw new TouchyException();
      case "throw error":
        throw new Error("thrown by the application");
      default:
        return 1;
    }
  }

  private static int endless(int number) {
    return endless(number + 1) + 1;
  }

  private static int run(String sql) {
    try {
      return statement.executeUpdate(sql);
    } catch (SQLException refused) {
      throw new IllegalStateException(refused);
    }
  }

  /**
   * Twenty threads execute a statement at every depth of their stack until that ends, wherever it
   * does, and then one more.
   */
  private static String deep() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      int each = i;
      Thread thread =
          new Thread(
              null,
              () -> {
                try {
                  descend(each);
                } catch (StackOverflowError ended) {
                  run("select after_the_end");
                }
              },
              "deep",
              256 << 10);
      thread.start();
      thread.join();
    }
    return "survived";
  }

  private static int descend(int number) {
    depth = number;
    run("select at_some_depth");
    return descend(number + 1) + depth;
  }

  private static void say(String what, Callable<?> call) {
    String result;
    try {
      result = "" + call.call();
    } catch (ExecutionException failed) {
      result = "cause " + failed.getCause().getClass().getName();
    } catch (Throwable thrown) {
      result = thrown.getClass().getName();
    }
    System.out.println(what + ": " + result);
  }

  /** A task that must not be looked at. */
  private static final class Touchy implements Callable<Integer> {
    private final String sql;

    Touchy(String sql) {
      this.sql = sql;
    }

    @Override
    public Integer call() {
      return run(sql);
    }

    @Override
    public String toString() {
      throw new IllegalStateException("touched");
    }

    @Override
    public int hashCode() {
      throw new IllegalStateException("touched");
    }

    @Override
    public boolean equals(Object other) {
      throw new IllegalStateException("touched");
    }
  }

  /** An exception that must not be looked at. */
  private static final class TouchyException extends SQLException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new IllegalStateException("touched");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("touched");
    }

    @Override
    public String getSQLState() {
      throw new IllegalStateException("touched");
    }

    @Override
    public int getErrorCode() {
      throw new IllegalStateException("touched");
    }

    @Override
    public int hashCode() {
      throw new IllegalStateException("touched");
    }

    @Override
    public boolean equals(Object other) {
      throw new IllegalStateException("touched");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new IllegalStateException("touched");
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new IllegalStateException("touched");
    }
  }
}
