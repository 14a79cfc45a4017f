/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static io.vitals.smoke.JdbcSituation.BATCH_EMPTY_PREPARED;
import static io.vitals.smoke.JdbcSituation.CALL;
import static io.vitals.smoke.JdbcSituation.CANCELLED;
import static io.vitals.smoke.JdbcSituation.KEYS;
import static io.vitals.smoke.JdbcSituation.LARGE;
import static io.vitals.smoke.JdbcSituation.PREPARED_LARGE;
import static io.vitals.smoke.JdbcSituation.SCROLLING;
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
      Program.JDBC_CONTRACT_SQLITE, 17, JdbcDialect.SQLITE, Way.DRIVER, CALL, SCROLLING, TIMED_OUT);

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

  /** Whether the ends of transactions are to show; off by default, so on in two fixtures only. */
  boolean transactions() {
    return this == H2_THROUGH_HIKARI || this == HSQLDB;
  }

  /** The calls, and the end of their transaction where it has to show. */
  List<DbCall> withEnd(String operation, DbCall... calls) {
    List<DbCall> all = new ArrayList<>(List.of(calls));
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
