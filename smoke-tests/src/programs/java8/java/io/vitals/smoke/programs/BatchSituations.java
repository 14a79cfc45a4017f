/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import static io.vitals.smoke.programs.JdbcContract.check;
import static io.vitals.smoke.programs.JdbcContract.refused;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** What is done with batches. */
final class BatchSituations {
  private static final String CLEAN = "delete from orders where id > 3";

  private BatchSituations() {}

  static void addTo(Map<String, JdbcContract.Situation> situations) {
    situations.put("batch", BatchSituations::alike);
    situations.put("batch-mixed", BatchSituations::mixed);
    situations.put("batch-long", BatchSituations::longer);
    situations.put("batch-prepared", BatchSituations::prepared);
    situations.put("batch-of-one", BatchSituations::one);
    situations.put("batch-empty", BatchSituations::empty);
    situations.put("batch-empty-prepared", BatchSituations::emptyPrepared);
    situations.put("batch-cleared", BatchSituations::cleared);
    situations.put("batch-failing", BatchSituations::failing);
    situations.put("batch-failing-prepared", BatchSituations::failingPrepared);
  }

  private static void alike(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("insert into orders values (4711, 'gold4711', 4711)");
      statement.addBatch("insert into orders values (4712, 'gold4711', 4712)");
      check(statement.executeBatch().length, 2);
      check(statement.executeUpdate(CLEAN), 2);
    }
  }

  private static void mixed(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("insert into orders values (4711, 'gold4711', 4711)");
      statement.addBatch("delete from orders where id = 4711");
      check(statement.executeBatch().length, 2);
    }
  }

  /** More than anybody wants to read. */
  private static void longer(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (int i = 0; i < 100; i++) {
        statement.addBatch("update orders set amount = 3 where id = 1");
      }
      check(statement.executeBatch().length, 100);
    }
  }

  /** An update and a batch in one transaction. */
  private static void prepared(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE orders SET amount = ? WHERE id = ?")) {
      for (int round = 0; round < 2; round++) {
        for (int id = 1; id <= 3; id++) {
          update.setInt(1, 4);
          update.setInt(2, id);
          update.addBatch();
        }
        check(update.executeBatch().length, 3);
      }
    }
    connection.commit();
  }

  private static void one(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("update orders set amount = 3 where id = 1");
      check(statement.executeBatch().length, 1);
    }
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE orders SET amount = ? WHERE id = ?")) {
      update.setInt(1, 3);
      update.setInt(2, 1);
      update.addBatch();
      check(update.executeBatch().length, 1);
    }
  }

  private static void empty(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      check(statement.executeBatch().length, 0);
    }
  }

  private static void emptyPrepared(Connection connection) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE orders SET amount = ? WHERE id = ?")) {
      check(update.executeBatch().length, 0);
    }
  }

  private static void cleared(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("delete from orders where id = 1");
      statement.addBatch("delete from orders where id = 2");
      statement.clearBatch();
      statement.addBatch("update orders set amount = 3 where id = 1");
      statement.addBatch("update orders set amount = 5 where id = 2");
      check(statement.executeBatch().length, 2);
    }
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE orders SET amount = ? WHERE id = ?")) {
      for (int id = 1; id <= 3; id++) {
        update.setInt(1, 4711);
        update.setInt(2, id);
        update.addBatch();
      }
      update.clearBatch();
      update.setInt(1, 3);
      update.setInt(2, 1);
      update.addBatch();
      update.setInt(1, 5);
      update.setInt(2, 2);
      update.addBatch();
      check(update.executeBatch().length, 2);
    }
  }

  private static void failing(Connection connection) throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("insert into orders values (4711, 'gold4711', 4711)");
      statement.addBatch("insert into orders values (1, 'tea', 3)");
      statement.addBatch("insert into orders values (4712, 'gold4711', 4712)");
      refused(statement::executeBatch);
      statement.executeUpdate(CLEAN);
    }
  }

  private static void failingPrepared(Connection connection) throws Exception {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into orders (id, item, amount) values (?, ?, ?)")) {
      for (int id : new int[] {4711, 1}) {
        insert.setInt(1, id);
        insert.setString(2, "tea");
        insert.setInt(3, 4);
        insert.addBatch();
      }
      refused(insert::executeBatch);
    }
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(CLEAN);
    }
  }
}
