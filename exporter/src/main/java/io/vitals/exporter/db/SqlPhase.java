/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.db;

/** What the next words of a statement, or of a pair of parentheses in it, may mean. */
enum SqlPhase {
  /** An operation may begin. */
  START,
  /** In parentheses that are no query, unless the first word says so. */
  FIRST,
  /** Only a subquery counts. */
  BODY,
  /** Nothing counts up to the semicolon. */
  SWALLOW,
  /** Between {@code SELECT} and {@code FROM}. */
  SELECT,
  /** A table comes next. */
  TABLE,
  /** After a table: an alias, a condition, a comma, a join. */
  JOINED,
  /** After {@code WITH}. */
  EXPRESSION_NAME,
  /** After the name of a common table expression. */
  EXPRESSION_AS,
  /** After a common table expression. */
  EXPRESSION_END,
  /** Between {@code INSERT} and its target. */
  INSERT,
  /** Between {@code DELETE} and its target. */
  DELETE,
  /** The target comes next. */
  NAME,
  /** The kind of object comes next. */
  OBJECT,
  /** After a word before the kind of object, such as {@code TEMPORARY}. */
  MODIFIED,
  /** A procedure's name comes next. */
  ROUTINE,
  /** After {@code LOCK}. */
  LOCK,
  /** After {@code BEGIN}, {@code COMMIT} or {@code ROLLBACK}. */
  TRANSACTION
}
