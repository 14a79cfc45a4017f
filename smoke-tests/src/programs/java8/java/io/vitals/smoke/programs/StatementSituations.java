/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import static io.vitals.smoke.programs.JdbcContract.check;
import static io.vitals.smoke.programs.JdbcContract.refused;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** What is done with single statements, on one thread. */
final class StatementSituations {
  private static final String COUNT =
      "select count(*) from orders where item <> 'gold4711' and amount < 4711";
  private static final String ITEM = "SELECT item FROM orders WHERE id = ?";
  private static final String AMOUNT = "UPDATE orders SET amount = ? WHERE id = ?";

  private StatementSituations() {}

  static void addTo(Map<String, JdbcContract.Situation> situations) {
    situations.put("statement", StatementSituations::statement);
    situations.put("large", StatementSituations::large);
    situations.put("prepared", StatementSituations::prepared);
    situations.put("prepared-literal", StatementSituations::preparedLiteral);
    situations.put("prepared-large", StatementSituations::preparedLarge);
    situations.put("call", StatementSituations::call);
    situations.put("literals", StatementSituations::literals);
    situations.put("broken", StatementSituations::broken);
    situations.put("duplicate", StatementSituations::duplicate);
    situations.put("closed", StatementSituations::closed);
    situations.put("reused", StatementSituations::reused);
    situations.put("unwrapped", StatementSituations::unwrapped);
    situations.put("keys", StatementSituations::keys);
    situations.put("scrolling", StatementSituations::scrolling);
    situations.put("commit", StatementSituations::commit);
    situations.put("rollback", StatementSituations::rollback);
  }

  static int number(ResultSet rows) throws SQLException {
    try (ResultSet all = rows) {
      check(all.next(), true);
      return all.getInt(1);
    }
  }

  private static String text(ResultSet rows) throws SQLException {
    try (ResultSet all = rows) {
      return all.next() ? all.getString(1) : "none";
    }
  }

  private static void statement(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      check(statement.execute(COUNT), true);
      check(number(statement.getResultSet()), 3);
      check(number(statement.executeQuery(COUNT)), 3);
      check(statement.executeUpdate("update orders set amount = 3 where id = 1"), 1);
      check(statement.execute("update orders set amount = 4711 where id = 4711"), false);
    }
  }

  private static void large(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      check(statement.executeLargeUpdate("update orders set amount = 3 where id = 1"), 1L);
      statement.addBatch("update orders set amount = 3 where id = 1");
      statement.addBatch("update orders set amount = 5 where id = 2");
      check(statement.executeLargeBatch().length, 2);
    }
  }

  private static void prepared(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(ITEM)) {
      query.setInt(1, 1);
      check(text(query.executeQuery()), "tea");
      query.setInt(1, 2);
      check(query.execute(), true);
      check(text(query.getResultSet()), "coffee");
      query.clearParameters();
      query.setInt(1, 4711);
      check(text(query.executeQuery()), "none");
    }
    try (PreparedStatement update = connection.prepareStatement(AMOUNT)) {
      update.setInt(1, 5);
      update.setInt(2, 2);
      check(update.executeUpdate(), 1);
      check(update.execute(), false);
    }
  }

  private static void preparedLiteral(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select count(*) from orders where item <> 'gold4711' and id < ?")) {
      query.setInt(1, 4);
      check(number(query.executeQuery()), 3);
    }
  }

  private static void preparedLarge(Connection connection) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(AMOUNT)) {
      update.setInt(1, 5);
      update.setInt(2, 2);
      check(update.executeLargeUpdate(), 1L);
    }
  }

  private static void call(Connection connection) throws SQLException {
    String call = System.getProperty("contract.call");
    try (CallableStatement statement = connection.prepareCall(call)) {
      statement.execute();
    }
  }

  /** What stands as a literal in a text, in the ways that the database has beside the usual. */
  private static void literals(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement
          .executeQuery(
              "select id from orders where item in ('it''s gold4711', '2024-04-11', '')"
                  + " or id in (-4711, 4711.5, 4.711e3) or item = 'gold4711'")
          .close();
      statement.executeQuery(System.getProperty("contract.literals")).close();
    }
  }

  private static void broken(Connection connection) throws Exception {
    try (Statement statement = connection.createStatement()) {
      refused(() -> statement.executeQuery("select nothing from nowhere"));
      check(number(statement.executeQuery(COUNT)), 3);
    }
  }

  private static void duplicate(Connection connection) throws Exception {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into orders (id, item, amount) values (?, ?, ?)")) {
      insert.setInt(1, 1);
      insert.setString(2, "tea");
      insert.setInt(3, 3);
      refused(insert::executeUpdate);
      refused(insert::execute);
    }
  }

  private static void closed(Connection connection) throws Exception {
    PreparedStatement query = connection.prepareStatement(ITEM);
    query.close();
    refused(query::executeQuery);
  }

  /** Drivers and pools give closed statements out again. */
  private static void reused(Connection connection) throws SQLException {
    for (int id = 1; id <= 3; id++) {
      try (PreparedStatement query = connection.prepareStatement(ITEM)) {
        query.setInt(1, id);
        check(text(query.executeQuery()).isEmpty(), false);
      }
      try (Statement statement = connection.createStatement()) {
        check(number(statement.executeQuery(COUNT)), 3);
      }
    }
  }

  /** The driver's own objects, where a pool stands before them. */
  private static void unwrapped(Connection connection) throws Exception {
    Connection own = connection.unwrap(Connection.class);
    try (Statement statement = own.createStatement()) {
      check(number(statement.executeQuery(COUNT)), 3);
    }
    try (PreparedStatement query = own.prepareStatement(ITEM)) {
      query.setInt(1, 1);
      check(text(query.executeQuery()), "tea");
    }
    try (PreparedStatement query = connection.prepareStatement(ITEM)) {
      PreparedStatement inner = query.unwrap(PreparedStatement.class);
      inner.setInt(1, 3);
      check(text(inner.executeQuery()), "milk");
    }
  }

  private static void keys(Connection connection) throws SQLException {
    String insert = "insert into receipts (item) values ('gold4711')";
    try (Statement statement = connection.createStatement()) {
      check(statement.executeUpdate(insert, Statement.RETURN_GENERATED_KEYS), 1);
      check(number(statement.getGeneratedKeys()) >= 0, true);
      statement.execute(insert, Statement.RETURN_GENERATED_KEYS);
      check(number(statement.getGeneratedKeys()) >= 0, true);
    }
    try (PreparedStatement prepared =
        connection.prepareStatement(
            "insert into receipts (item) values (?)", Statement.RETURN_GENERATED_KEYS)) {
      prepared.setString(1, "tea");
      check(prepared.executeUpdate(), 1);
      check(number(prepared.getGeneratedKeys()) >= 0, true);
    }
  }

  private static void scrolling(Connection connection) throws SQLException {
    int type = ResultSet.TYPE_SCROLL_INSENSITIVE;
    String sql = "select id from orders order by id";
    try (Statement statement = connection.createStatement(type, ResultSet.CONCUR_READ_ONLY);
        ResultSet rows = statement.executeQuery(sql)) {
      check(rows.last(), true);
      check(rows.getInt(1), 3);
      check(rows.first(), true);
      check(rows.getInt(1), 1);
    }
    try (PreparedStatement query =
            connection.prepareStatement(sql, type, ResultSet.CONCUR_READ_ONLY);
        ResultSet rows = query.executeQuery()) {
      check(rows.absolute(2), true);
      check(rows.getInt(1), 2);
    }
  }

  private static void commit(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement update = connection.prepareStatement(AMOUNT)) {
      update.setInt(1, 1);
      update.setInt(2, 3);
      check(update.executeUpdate(), 1);
    }
    connection.commit();
  }

  private static void rollback(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      check(statement.executeUpdate("delete from orders where id < 4711"), 3);
    }
    connection.rollback();
  }
}
