/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.IMetricsTracker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A pool of HikariCP with two connections, which pages hold, wait for and give back; and one whose
 * callers do not wait long, and one that has a metrics tracker.
 */
public final class HikariShop {
  private HikariShop() {}

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (HikariDataSource orders = pool("orders", 2, 120_000);
        HikariDataSource impatient = pool("impatient", 1, 250);
        HikariDataSource tracked = pool("tracked", 1, 120_000)) {
      Tracker tracker = new Tracker();
      tracked.setMetricsTrackerFactory((name, stats) -> tracker);
      HeldConnections.pages(server, "orders", orders);
      server.createContext("/impatient", exchange -> impatient(exchange, impatient));
      server.createContext("/tracked", exchange -> tracked(exchange, tracked, tracker));
      server.start();
      Console.serve(server.getAddress().getPort());
    } finally {
      server.stop(0);
    }
  }

  private static HikariDataSource pool(String name, int size, long patienceMillis) {
    HikariDataSource pool = new HikariDataSource();
    pool.setPoolName(name);
    pool.setJdbcUrl("jdbc:h2:mem:" + name);
    pool.setUsername("sa");
    pool.setPassword("");
    pool.setMaximumPoolSize(size);
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(patienceMillis);
    return pool;
  }

  /** What the application itself wants to know. */
  private static final class Tracker implements IMetricsTracker {
    private final AtomicLong given = new AtomicLong();
    private final AtomicLong usedMillis = new AtomicLong(-1);

    @Override
    public void recordConnectionAcquiredNanos(long nanos) {
      given.incrementAndGet();
    }

    @Override
    public void recordConnectionUsageMillis(long millis) {
      usedMillis.set(millis);
    }
  }

  /** Answers 200 if the tracker says what it says where no agent is. */
  private static void tracked(HttpExchange exchange, HikariDataSource pool, Tracker tracker)
      throws IOException {
    long before = tracker.given.get();
    try {
      try (Connection held = pool.getConnection()) {
        held.getMetaData();
        Thread.sleep(30);
      }
      long given = tracker.given.get() - before;
      long millis = tracker.usedMillis.get();
      boolean right = given == 1 && millis >= 29 && millis < 60_000;
      Warehouse.answer(exchange, right ? 200 : 500, given + " given, used for " + millis + " ms");
    } catch (SQLException | InterruptedException e) {
      Warehouse.answer(exchange, 500, e.toString());
    }
  }

  /** A caller that waits in vain for a second connection. */
  private static void impatient(HttpExchange exchange, HikariDataSource pool) throws IOException {
    try (Connection held = pool.getConnection();
        Connection second = pool.getConnection()) {
      Warehouse.answer(exchange, 500, held + " and " + second);
    } catch (SQLException expected) {
      Warehouse.answer(exchange, 200, expected.getMessage());
    }
  }
}
