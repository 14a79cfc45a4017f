/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static io.vitals.smoke.JdbcSituation.BATCH_EMPTY_PREPARED;
import static io.vitals.smoke.JdbcSituation.BATCH_FAILING;
import static io.vitals.smoke.JdbcSituation.BROKEN;
import static io.vitals.smoke.JdbcSituation.CALL;
import static io.vitals.smoke.JdbcSituation.CANCELLED;
import static io.vitals.smoke.JdbcSituation.KEYS;
import static io.vitals.smoke.JdbcSituation.LARGE;
import static io.vitals.smoke.JdbcSituation.PREPARED_LARGE;
import static io.vitals.smoke.JdbcSituation.SCROLLING;
import static io.vitals.smoke.JdbcSituation.SOURCE;
import static io.vitals.smoke.JdbcSituation.TIMED_OUT;
import static io.vitals.smoke.JdbcSituation.UNWRAPPED;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * A driver under the JDBC contract: the program with its class path, the JDK, the database, the way
 * to a connection, and what the driver cannot do.
 */
enum JdbcFixture {
  H2_ON_8(Program.JDBC_CONTRACT_ON_8, 8, JdbcDialect.H2, Way.DRIVER),
  H2(Program.JDBC_CONTRACT, 17, JdbcDialect.H2, Way.DRIVER),
  H2_THROUGH_HIKARI(Program.JDBC_CONTRACT, 17, JdbcDialect.H2, Way.HIKARI),
  H2_THAT_MUST_NOT_BE_TOUCHED(Program.JDBC_CONTRACT, 17, JdbcDialect.H2, Way.TOUCHY),
  POSTGRESQL(Program.JDBC_CONTRACT_POSTGRESQL, 17, JdbcDialect.POSTGRESQL, Way.DRIVER),
  POSTGRESQL_THROUGH_HIKARI(
      Program.JDBC_CONTRACT_POSTGRESQL, 17, JdbcDialect.POSTGRESQL, Way.HIKARI),
  HSQLDB(
      Program.JDBC_CONTRACT_HSQLDB,
      17,
      JdbcDialect.HSQLDB,
      Way.DRIVER,
      BATCH_EMPTY_PREPARED,
      CANCELLED,
      TIMED_OUT),
  HSQLDB_1_8(
      Program.JDBC_CONTRACT_HSQLDB_1_8,
      8,
      JdbcDialect.HSQLDB_1_8,
      Way.DRIVER,
      LARGE,
      PREPARED_LARGE,
      UNWRAPPED,
      KEYS,
      CANCELLED,
      TIMED_OUT),
  DERBY(Program.JDBC_CONTRACT_DERBY, 17, JdbcDialect.DERBY, Way.DRIVER, CANCELLED),
  SQLITE(
      Program.JDBC_CONTRACT_SQLITE, 17, JdbcDialect.SQLITE, Way.DRIVER, CALL, SCROLLING, TIMED_OUT),
  /**
   * Its statements are closed once they have failed, what it executes to know its keys is made by
   * no connection, its data source takes no URL by a setter.
   */
  DUCKDB(
      Program.JDBC_CONTRACT_DUCKDB,
      8,
      JdbcDialect.DUCKDB,
      Way.DRIVER,
      CALL,
      BROKEN,
      BATCH_FAILING,
      KEYS,
      SCROLLING,
      SOURCE),
  MARIADB(Program.JDBC_CONTRACT_MARIADB, 17, JdbcDialect.MARIADB, Way.DRIVER),
  /** The first of its two hosts is not there. */
  MARIADB_SEQUENTIAL(Program.JDBC_CONTRACT_MARIADB, 17, JdbcDialect.MARIADB, Way.HIKARI),
  MYSQL(Program.JDBC_CONTRACT_MYSQL, 17, JdbcDialect.MYSQL, Way.DRIVER),
  /**
   * The driver's proxies stand before its connections, with a lock for which canceling waits; what
   * it asks before a call goes past them and does not know its hosts.
   */
  MYSQL_FAILOVER(Program.JDBC_CONTRACT_MYSQL, 17, JdbcDialect.MYSQL, Way.HIKARI, CALL, CANCELLED);

  /** How the program comes to a connection. */
  enum Way {
    DRIVER,
    HIKARI,
    TOUCHY
  }

  final Program program;
  final int version;
  final JdbcDialect dialect;
  final Way way;
  private final EnumSet<JdbcSituation> impossible;

  JdbcFixture(
      Program program, int version, JdbcDialect dialect, Way way, JdbcSituation... impossible) {
    this.program = program;
    this.version = version;
    this.dialect = dialect;
    this.way = way;
    this.impossible = EnumSet.noneOf(JdbcSituation.class);
    this.impossible.addAll(List.of(impossible));
  }

  List<JdbcSituation> situations() {
    return new ArrayList<>(EnumSet.complementOf(impossible));
  }

  /** How many statements the driver executes because the pool asks it for its isolation. */
  int askedByPool() {
    return way == Way.HIKARI && dialect == JdbcDialect.MARIADB ? 1 : 0;
  }

  /** Whether the ends of transactions are to show; off by default, so on in two fixtures only. */
  boolean transactions() {
    return this == H2_THROUGH_HIKARI || this == HSQLDB;
  }

  /** The calls, and the end of their transaction where it has to show. */
  List<DbCall> withEnd(String operation, DbCall... calls) {
    List<DbCall> all = new ArrayList<>(List.of(calls));
    if (dialect == JdbcDialect.DUCKDB) {
      // It begins and ends them by statements; what is not prepared begins one inside its own call.
      if (operation.equals("COMMIT")) {
        all.add(0, DbCall.of("BEGIN TRANSACTION", "BEGIN TRANSACTION"));
      }
      all.add(DbCall.of(operation, operation));
    }
    if (transactions()) {
      all.add(DbCall.end(operation));
    }
    if (this == H2_THROUGH_HIKARI) {
      // The pool switches auto-commit on again, upon which H2 commits.
      all.add(DbCall.end("COMMIT"));
    }
    return all;
  }
}
