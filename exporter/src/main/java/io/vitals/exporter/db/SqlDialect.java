/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.db;

/** How a database system quotes and comments, as far as finding literals depends on it. */
enum SqlDialect {
  /** The standard: double quotes around identifiers, no escapes but doubled quotes. */
  STANDARD(true, Backslash.LITERAL, false, false),
  /** As the standard, but a text in double quotes may be a literal. */
  LENIENT(false, Backslash.LITERAL, false, false),
  /** Identifiers in brackets; {@code $1} is an amount of money. */
  SQL_SERVER(false, Backslash.LITERAL, false, true),
  /** Backslashes escape, number signs and dashes with a space begin comments. */
  MYSQL(false, Backslash.ESCAPES, true, false),
  /** Identifiers in double quotes, backslashes escape. */
  CLICKHOUSE(true, Backslash.ESCAPES, false, false),
  /** Nothing is sure: what could be a literal is taken for one. */
  UNKNOWN(false, Backslash.UNSURE, false, false);

  /** What a backslash before a quote means. */
  enum Backslash {
    LITERAL,
    ESCAPES,
    UNSURE
  }

  /** Whether a text in double quotes is always an identifier. */
  final boolean doubleQuotesIdentify;

  /** What a backslash before a quote means. */
  final Backslash backslash;

  /** Whether {@code #} begins a comment, and {@code --} only with a space after it. */
  final boolean numberSignComments;

  /** Whether brackets hold identifiers with any characters. */
  final boolean brackets;

  SqlDialect(
      boolean doubleQuotesIdentify,
      Backslash backslash,
      boolean numberSignComments,
      boolean brackets) {
    this.doubleQuotesIdentify = doubleQuotesIdentify;
    this.backslash = backslash;
    this.numberSignComments = numberSignComments;
    this.brackets = brackets;
  }

  /** The dialect of a {@code db.system.name}. */
  static SqlDialect of(String system) {
    switch (system) {
      case "postgresql":
      case "oracle.db":
      case "ibm.db2":
      case "derby":
      case "hsqldb":
      case "sap.hana":
      case "polardb":
        return STANDARD;
      case "h2database":
      case "ibm.informix":
        return LENIENT;
      case "sqlite":
      case "microsoft.sql_server":
        return SQL_SERVER;
      case "mysql":
      case "mariadb":
      case "oceanbase":
        return MYSQL;
      case "clickhouse":
        return CLICKHOUSE;
      default:
        return UNKNOWN;
    }
  }
}
