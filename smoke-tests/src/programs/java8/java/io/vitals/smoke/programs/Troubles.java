/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.tools.Server;

/**
 * A service that gets into trouble, and out of it, when a page is asked for. Its database is one of
 * its own, or that of the first argument.
 */
public final class Troubles {
  /** One page: the status and what it does on the way. */
  private interface Page {
    int serve(HttpExchange exchange) throws Exception;
  }

  private static final List<byte[]> HOARD = new ArrayList<>();
  private static final List<Thread> STUCK = new ArrayList<>();
  private static Server database;
  private static String url;
  private static PreparedStatement order;

  private Troubles() {}

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", "mem:").start();
    url =
        arguments.length > 0
            ? arguments[0]
            : "jdbc:h2:tcp://127.0.0.1:" + database.getPort() + "/mem:troubles";
    connect();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    page(server, "/plain", exchange -> 200);
    page(server, "/slow", Troubles::slow);
    page(server, "/failing", exchange -> Integer.parseInt(exchange.getRequestURI().getQuery()));
    page(server, "/order", exchange -> order());
    page(server, "/cut", exchange -> cut());
    page(server, "/hoard", exchange -> hoard());
    page(server, "/release", exchange -> release());
    page(server, "/deadlock", exchange -> deadlock());
    page(server, "/unlock", exchange -> unlock());
    server.start();
    System.out.println("ready port=" + server.getAddress().getPort());
    while (System.in.read() >= 0) {
      continue;
    }
    unlock();
    database.stop();
    server.stop(0);
    threads.shutdownNow();
  }

  private static void page(HttpServer server, String path, Page page) {
    server.createContext(
        path,
        exchange -> {
          int status;
          try {
            status = page.serve(exchange);
          } catch (Exception e) {
            status = 500;
          }
          Warehouse.answer(exchange, status, "done");
        });
  }

  private static int slow(HttpExchange exchange) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(Long.parseLong(exchange.getRequestURI().getQuery()));
    return 200;
  }

  private static void connect() throws SQLException {
    Connection connection =
        DriverManager.getConnection(url, url.startsWith("jdbc:h2:") ? "sa" : "postgres", "");
    order = connection.prepareStatement("select 1");
  }

  /** Fails while the database is gone, by the connection of before. */
  private static synchronized int order() throws SQLException {
    try {
      order.execute();
      return 200;
    } catch (SQLException e) {
      connect();
      throw e;
    }
  }

  private static int cut() {
    database.stop();
    return 200;
  }

  /** Keeps nine tenths and a half of the heap. */
  private static synchronized int hoard() {
    Runtime runtime = Runtime.getRuntime();
    long most = runtime.maxMemory() / 100 * 93;
    System.gc();
    while (runtime.totalMemory() - runtime.freeMemory() < most) {
      HOARD.add(new byte[64 * 1024]);
    }
    System.gc();
    return 200;
  }

  private static synchronized int release() {
    HOARD.clear();
    System.gc();
    return 200;
  }

  /** Two threads, each with the lock that the other one wants. */
  private static int deadlock() throws InterruptedException {
    ReentrantLock one = new ReentrantLock();
    ReentrantLock two = new ReentrantLock();
    CountDownLatch both = new CountDownLatch(2);
    STUCK.add(new Thread(() -> lock(one, two, both)));
    STUCK.add(new Thread(() -> lock(two, one, both)));
    STUCK.forEach(Thread::start);
    both.await();
    return 200;
  }

  private static void lock(ReentrantLock first, ReentrantLock second, CountDownLatch both) {
    first.lock();
    try {
      both.countDown();
      both.await();
      second.lockInterruptibly();
      second.unlock();
    } catch (InterruptedException e) {
      // Freed by unlock().
    } finally {
      first.unlock();
    }
  }

  private static int unlock() throws InterruptedException {
    for (Thread thread : STUCK) {
      thread.interrupt();
      thread.join();
    }
    STUCK.clear();
    return 200;
  }
}
