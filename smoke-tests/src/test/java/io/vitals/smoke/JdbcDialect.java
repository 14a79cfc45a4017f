/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What differs from database to database: its names, its URL, and how some things are said. */
enum JdbcDialect {
  H2(
      "h2database",
      "shop",
      "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1",
      "sa",
      Map.of(
          "driver", "org.h2.Driver",
          "source", "org.h2.jdbcx.JdbcDataSource",
          "source.setter", "setURL=jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1",
          "setup", "create table receipts (id int generated always as identity, item varchar(40))",
          "call", "{call abs(-4711)}",
          "literals",
              "select id from orders where item = $$gold4711$$ or id = 4_711"
                  + " or date '2024-04-11' = date '2025-04-11'",
          "slow", "select count(*) from system_range(1, 100000) a, system_range(1, 100000) b"),
      "select id from orders where item = ? or id = ? or date ? = date ?",
      DbCall.of(
          "select system_range system_range",
          "select count(*) from system_range(?, ?) a, system_range(?, ?) b")),
  POSTGRESQL(
      "postgresql",
      "postgres|postgres",
      null,
      "postgres",
      Map.of(
          "driver", "org.postgresql.Driver",
          "source", "org.postgresql.ds.PGSimpleDataSource",
          "setup", "create table receipts (id int generated always as identity, item varchar(40))",
          "call", "{call abs(-4711)}",
          "literals",
              "select id from orders where item = $$gold4711$$ or item = $a$gold4711$$'$a$"
                  + " or item = E'\\'gold4711' or item = X'4711'::text"
                  + " or date '2024-04-11' = now()",
          "slow", "select pg_sleep(60)"),
      "select id from orders where item = ? or item = ? or item = E? or item = X?::text"
          + " or date ? = now()",
      DbCall.of("select", "select pg_sleep(?)")),
  HSQLDB(
      "hsqldb",
      "shop",
      "jdbc:hsqldb:mem:shop",
      "sa",
      Map.of(
          "driver", "org.hsqldb.jdbc.JDBCDriver",
          "source", "org.hsqldb.jdbc.JDBCDataSource",
          "setup", "create table receipts (id int generated always as identity, item varchar(40))",
          "call", "{call abs(-4711)}",
          "literals",
              "select id from orders where item = U&'gold4711'"
                  + " or date '2024-04-11' = date '2025-04-11'"),
      "select id from orders where item = U&? or date ? = date ?",
      null),
  HSQLDB_1_8(
      "hsqldb",
      "shop",
      "jdbc:hsqldb:mem:shop",
      "sa",
      Map.of(
          "driver", "org.hsqldb.jdbcDriver",
          "source", "org.hsqldb.jdbc.jdbcDataSource",
          "source.setter", "setDatabase=jdbc:hsqldb:mem:shop",
          "call", "{call abs(-4711)}",
          "literals", "select id from orders where item = 'gold4711' or id = -4711"),
      "select id from orders where item = ? or id = ?",
      null),
  DERBY(
      "derby",
      "shop",
      "jdbc:derby:memory:shop;create=true",
      "app",
      Map.of(
          "driver", "org.apache.derby.jdbc.EmbeddedDriver",
          "source", "org.apache.derby.jdbc.EmbeddedDataSource",
          "source.setter", "setDatabaseName=memory:shop",
          "setup", "create table receipts (id int generated always as identity, item varchar(40))",
          "call", "{call syscs_util.syscs_set_runtimestatistics(0)}",
          "literals",
              "select id from orders where item = 'gold4711'"
                  + " or date('2024-04-11') = date('2025-04-11')",
          "slow",
              "delete from orders where id > (select count(*) from sys.syscolumns a,"
                  + " sys.syscolumns b, sys.syscolumns c, sys.syscolumns d)"),
      "select id from orders where item = ? or date(?) = date(?)",
      DbCall.of(
          "delete orders select sys.syscolumns sys.syscolumns sys.syscolumns sys.syscolumns",
          "delete from orders where id > (select count(*) from sys.syscolumns a,"
              + " sys.syscolumns b, sys.syscolumns c, sys.syscolumns d)")),
  SQLITE(
      "sqlite",
      "shop.db",
      null,
      "",
      Map.of(
          "driver", "org.sqlite.JDBC",
          "source", "org.sqlite.SQLiteDataSource",
          "setup", "create table receipts (id integer primary key, item varchar(40))",
          "literals",
              "select id from orders where item = x'4711' or id = 0x4711 or item = 'gold4711'",
          "slow",
              "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000000000)"
                  + " select count(*) from n"),
      "select id from orders where item = x? or id = ? or item = ?",
      DbCall.of(
          "select select select",
          "with recursive n(i) as (select ? union all select i + ? from n where i < ?)"
              + " select count(*) from n")),
  DUCKDB(
      "other_sql",
      "shop.duckdb",
      null,
      "",
      Map.of(
          "driver", "org.duckdb.DuckDBDriver",
          "source", "org.duckdb.DuckDBDataSource",
          "setup",
              "create sequence receipt;create table receipts"
                  + " (id int default nextval('receipt'), item varchar)",
          "literals",
              "select id from orders where item = $$gold4711$$ or id = 4_711"
                  + " or item = e'\\'gold4711' or date '2024-04-11' = date '2025-04-11'",
          "slow", "select sum(a.range * b.range) from range(10000000) a, range(10000000) b"),
      "select id from orders where item = ? or id = ?" + " or item = e? or date ? = date ?",
      DbCall.of("select range range", "select sum(a.range * b.range) from range(?) a, range(?) b")),
  MARIADB(
      "mariadb",
      "shop",
      null,
      "shop",
      Map.of(
          "driver",
          "org.mariadb.jdbc.Driver",
          "source",
          "org.mariadb.jdbc.MariaDbDataSource",
          "setup",
          MariaDbServer.RECEIPTS,
          "call",
          "{call restock(-4711)}",
          "literals",
          MariaDbServer.LITERALS,
          "slow",
          MariaDbServer.SLOW),
      MariaDbServer.LITERALS_REPLACED,
      DbCall.of("select seq_1_to_1000000 seq_1_to_1000000", MariaDbServer.SLOW)),
  MYSQL(
      "mysql",
      "shop",
      null,
      "shop",
      Map.of(
          "driver",
          "com.mysql.cj.jdbc.Driver",
          "source",
          "com.mysql.cj.jdbc.MysqlDataSource",
          "setup",
          MariaDbServer.RECEIPTS,
          "call",
          "{call restock(-4711)}",
          "literals",
          MariaDbServer.LITERALS,
          "slow",
          MariaDbServer.SLOW),
      MariaDbServer.LITERALS_REPLACED,
      DbCall.of("select seq_1_to_1000000 seq_1_to_1000000", MariaDbServer.SLOW));

  final String system;
  final String namespace;

  /** Where the database is, or null if the test has to start it or to find a place for it. */
  final String url;

  final String user;

  /** The properties {@code contract.*} of the program. */
  final Map<String, String> properties;

  private final String literals;
  private final DbCall slow;

  JdbcDialect(
      String system,
      String namespace,
      String url,
      String user,
      Map<String, String> properties,
      String literals,
      DbCall slow) {
    this.system = system;
    this.namespace = namespace;
    this.url = url;
    this.user = user;
    this.properties = properties;
    this.literals = literals;
    this.slow = slow;
  }

  private DbCall call() {
    String routine =
        switch (this) {
          case DERBY -> "syscs_util.syscs_set_runtimestatistics";
          case MARIADB, MYSQL -> "restock";
          default -> "abs";
        };
    return DbCall.of("call " + routine, "{call " + routine + "(?)}")
        .with("db.stored_procedure.name", routine);
  }

  /** The call, and what the driver itself executes to prepare it. */
  List<DbCall> calling() {
    return this == MYSQL ? List.of(DbCall.PARAMETERS, call()) : List.of(call());
  }

  DbCall literals() {
    return DbCall.of("select orders", literals);
  }

  /** What the driver itself executes when it connects. */
  List<DbCall> connecting() {
    return this == SQLITE
        ? List.of(
            new DbCall(namespace, Map.of(), false).with("db.query.text", "pragma busy_timeout=?"))
        : List.of();
  }

  /** What the driver itself executes when its data source connects. */
  List<DbCall> connectingBySource() {
    List<DbCall> calls = new ArrayList<>(connecting());
    if (this == SQLITE) {
      calls.add(
          new DbCall(namespace, Map.of(), false)
              .with("db.query.text", "pragma transaction_mode=DEFERRED"));
    }
    return calls;
  }

  /** The code with which it refuses a table that there is not: the vendor's, else the SQLSTATE. */
  String unknownTable() {
    return switch (this) {
      case H2 -> "42102";
      case POSTGRESQL -> "42P01";
      case HSQLDB -> "-5501";
      case HSQLDB_1_8 -> "-22";
      case DERBY -> "30000";
      case SQLITE -> "1";
      case DUCKDB -> "java.sql.SQLException";
      case MARIADB, MYSQL -> "1146";
    };
  }

  /** What the driver itself executes when it is asked for generated keys. */
  List<DbCall> askingForKeys() {
    return this == DERBY ? List.of(DbCall.of("VALUES", "VALUES IDENTITY_VAL_LOCAL()")) : List.of();
  }

  /** A query that nobody waits for. */
  DbCall slow() {
    return slow;
  }
}
