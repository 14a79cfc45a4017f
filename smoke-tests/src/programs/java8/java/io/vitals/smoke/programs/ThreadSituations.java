/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import static io.vitals.smoke.programs.JdbcContract.check;
import static io.vitals.smoke.programs.JdbcContract.refused;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** What is done with several connections, and from several threads. */
final class ThreadSituations {
  /** Threads that meet, each with a connection of its own. */
  static final int CROWD = 100;

  /** How often each of them executes its statement. */
  private static final int TIMES = 5;

  private static final String ITEM = "SELECT item FROM orders WHERE id = ?";

  private final Connections connections;

  ThreadSituations(Connections connections) {
    this.connections = connections;
  }

  void addTo(Map<String, JdbcContract.Situation> situations) {
    situations.put("source", connection -> source());
    situations.put("other-thread", ThreadSituations::otherThread);
    situations.put("plain-thread", ThreadSituations::plainThread);
    situations.put("crowd", connection -> crowd());
    situations.put("cancelled", ThreadSituations::cancelled);
    situations.put("timed-out", ThreadSituations::timedOut);
  }

  /** Makes a table of its own, because the source's database may be another one. */
  private void source() throws Exception {
    try (Connection connection = connections.ofSource()) {
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate("create table basket (id int)");
        statement.executeUpdate("insert into basket values (4711)");
      }
      try (PreparedStatement query =
          connection.prepareStatement("select count(*) from basket where id > ?")) {
        query.setInt(1, 3);
        check(StatementSituations.number(query.executeQuery()), 1);
      }
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate("drop table basket");
      }
    }
  }

  /** A task of a pool belongs to the page, whoever made the statement. */
  private static void otherThread(Connection connection) throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (PreparedStatement query = connection.prepareStatement(ITEM)) {
      query.setInt(1, 1);
      check(other.submit(() -> item(query)).get(30, TimeUnit.SECONDS), "tea");
    } finally {
      other.shutdownNow();
    }
  }

  /** A thread that was started by hand belongs to nobody. */
  private static void plainThread(Connection connection) throws Exception {
    try (PreparedStatement query = connection.prepareStatement(ITEM)) {
      query.setInt(1, 1);
      AtomicReference<Object> result = new AtomicReference<>("nothing");
      Thread thread = new Thread(() -> keep(query, result));
      thread.start();
      thread.join();
      check(result.get(), "tea");
    }
  }

  private static void keep(PreparedStatement query, AtomicReference<Object> result) {
    try {
      result.set(item(query));
    } catch (SQLException e) {
      result.set(e);
    }
  }

  private static String item(PreparedStatement query) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      check(rows.next(), true);
      return rows.getString(1);
    }
  }

  private void crowd() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CROWD);
    CyclicBarrier meeting = new CyclicBarrier(CROWD);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      int id = 1 + i % 3;
      all.add(threads.submit(() -> one(meeting, id)));
    }
    for (Future<?> each : all) {
      each.get(60, TimeUnit.SECONDS);
    }
    threads.shutdownNow();
  }

  private Void one(CyclicBarrier meeting, int id) throws Exception {
    try (Connection connection = connections.open();
        PreparedStatement query = connection.prepareStatement(ITEM)) {
      meeting.await(60, TimeUnit.SECONDS);
      for (int i = 0; i < TIMES; i++) {
        query.setInt(1, id);
        check(item(query), new String[] {"tea", "coffee", "milk"}[id - 1]);
      }
    }
    return null;
  }

  private static void cancelled(Connection connection) throws Exception {
    try (Statement statement = connection.createStatement()) {
      CountDownLatch over = new CountDownLatch(1);
      Thread canceller = new Thread(() -> cancelUntil(over, statement));
      canceller.start();
      try {
        refused(() -> statement.execute(System.getProperty("contract.slow")));
      } finally {
        over.countDown();
        canceller.join();
      }
    }
  }

  /** Nobody can tell when the database has begun: one that comes too early does nothing. */
  private static void cancelUntil(CountDownLatch over, Statement statement) {
    try {
      while (!over.await(50, TimeUnit.MILLISECONDS)) {
        statement.cancel();
      }
    } catch (SQLException | InterruptedException e) {
      System.out.println("BROKEN cancel: " + e);
    }
  }

  private static void timedOut(Connection connection) throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      refused(() -> statement.execute(System.getProperty("contract.slow")));
    }
  }
}
