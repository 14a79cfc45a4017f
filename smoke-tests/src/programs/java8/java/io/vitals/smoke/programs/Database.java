/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The shop's books, behind a pool. */
public final class Database implements AutoCloseable {
  private final HikariDataSource pool;

  /** Opens a database in memory, or the one that the property {@code shop.jdbc.url} names. */
  public Database() throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(System.getProperty("shop.jdbc.url", "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1"));
    config.setUsername(config.getJdbcUrl().startsWith("jdbc:h2:") ? "sa" : "postgres");
    config.setPassword("");
    config.setMinimumIdle(1);
    config.setMaximumPoolSize(4);
    // Its first connection is one like the others, not one to see whether there is a database.
    config.setInitializationFailTimeout(-1);
    pool = new HikariDataSource(config);
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists orders");
      statement.execute("create table orders (id int primary key, item varchar(40), amount int)");
      statement.execute(
          "insert into orders values (1, 'tea', 3), (2, 'coffee', 5), (3, 'milk', 1)");
    }
  }

  /** A plain statement with literals. */
  public int count() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*) from orders where item <> 'gold' and amount < 100")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** A prepared statement; the item, or null. */
  public String item(int id) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT item FROM orders WHERE id = ?")) {
      statement.setInt(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getString(1) : null;
      }
    }
  }

  /** An update and a batch in one transaction. */
  public void restock(int amount) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement update =
          connection.prepareStatement("UPDATE orders SET amount = ? WHERE id = ?")) {
        for (int id = 1; id <= 3; id++) {
          update.setInt(1, amount);
          update.setInt(2, id);
          update.addBatch();
        }
        update.executeBatch();
      }
      connection.commit();
    }
  }

  /** A callable statement. */
  public int absolute(int number) throws SQLException {
    try (Connection connection = pool.getConnection();
        CallableStatement call = connection.prepareCall("{call abs(" + number + ")}");
        ResultSet rows = call.executeQuery()) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** Two literal statements in one batch, then thrown away. */
  public void undo() throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.addBatch("delete from orders where id = 2");
        statement.addBatch("insert into orders values (9, 'water', 2)");
        statement.executeBatch();
      }
      connection.rollback();
    }
  }

  /** A statement that the database refuses. */
  public void broken() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeQuery("select nothing from nowhere");
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
