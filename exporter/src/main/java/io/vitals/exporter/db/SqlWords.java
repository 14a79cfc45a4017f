/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.db;

/** The words that mean something to {@link SqlSummary}. */
final class SqlWords {
  /**
   * Words before the kind of object; what they mark is not named, since it often has a made-up
   * name.
   */
  static final String UNNAMED =
      " TEMPORARY TEMP GLOBAL LOCAL UNIQUE MATERIALIZED UNLOGGED EXTERNAL FOREIGN CLUSTERED"
          + " NONCLUSTERED FULLTEXT SPATIAL BITMAP PUBLIC CACHED MEMORY VIRTUAL COLUMNSTORE ";

  /** Kinds of objects that are shown with their name. */
  static final String NAMED = " TABLE INDEX VIEW PROCEDURE DATABASE USER ";

  /** Words that may come before a name. */
  static final String BEFORE_NAME =
      " IF NOT EXISTS ONLY INTO TABLE LOW_PRIORITY HIGH_PRIORITY DELAYED IGNORE QUICK CONCURRENTLY ";

  /** Words between {@code INSERT} and {@code INTO}. */
  static final String BEFORE_INTO =
      " IGNORE ALL FIRST OR REPLACE ABORT FAIL ROLLBACK LOW_PRIORITY HIGH_PRIORITY DELAYED OVERWRITE"
          + " TOP ";

  /** Words between {@code DELETE} and {@code FROM}. */
  static final String BEFORE_FROM = " TOP LOW_PRIORITY QUICK IGNORE HISTORY ";

  /** Words that end the list of tables. */
  static final String AFTER_TABLES =
      " WHERE PREWHERE GROUP ORDER HAVING LIMIT OFFSET FETCH FOR WINDOW QUALIFY CONNECT START"
          + " RETURNING SET UNION INTERSECT EXCEPT MINUS ";

  private SqlWords() {}

  /** Whether {@code word} is among {@code words}, which stand between blanks. */
  static boolean in(String words, String word) {
    return !word.isEmpty() && words.contains(" " + word + " ");
  }

  /** What follows the operation {@code word}, or null if it is none. */
  static SqlPhase phaseAfter(String word) {
    switch (word) {
      case "INSERT":
      case "UPSERT":
        return SqlPhase.INSERT;
      case "UPDATE":
      case "MERGE":
      case "REPLACE":
      case "USE":
        return SqlPhase.NAME;
      case "DELETE":
        return SqlPhase.DELETE;
      case "CALL":
      case "EXEC":
      case "EXECUTE":
        return SqlPhase.ROUTINE;
      case "CREATE":
      case "DROP":
      case "ALTER":
      case "TRUNCATE":
        return SqlPhase.OBJECT;
      case "LOCK":
        return SqlPhase.LOCK;
      case "SHOW":
      case "GRANT":
      case "REVOKE":
        return SqlPhase.SWALLOW;
      case "VALUES":
        return SqlPhase.BODY;
      case "BEGIN":
      case "COMMIT":
      case "ROLLBACK":
        return SqlPhase.TRANSACTION;
      case "EXPLAIN":
        return SqlPhase.START;
      case "WITH":
        return SqlPhase.EXPRESSION_NAME;
      default:
        return null;
    }
  }
}
