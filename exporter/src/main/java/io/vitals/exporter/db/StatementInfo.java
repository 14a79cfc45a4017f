/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.db;

/** What spans and metrics say of a statement; immutable, shared by all executions of a text. */
public final class StatementInfo {
  /** Where nothing is known of the statement. */
  static final StatementInfo NONE = new StatementInfo(null, null, null);

  /** The value of {@code db.query.text}, without literals, or null. */
  public final String text;

  /** The value of {@code db.query.summary}, or null; then the span is named otherwise. */
  public final String summary;

  /**
   * The value of {@code db.operation.name} where it is read from the text: null for SQL, since one
   * text may hold several.
   */
  public final String operation;

  /** The value of {@code db.collection.name}, or null; see {@link #operation}. */
  public final String collection;

  /** The value of {@code db.stored_procedure.name}, or null. */
  public final String procedure;

  /** The same in a batch, made when it is first asked for. */
  private StatementInfo batch;

  StatementInfo(String text, String summary, String procedure) {
    this.text = text;
    this.summary = summary;
    this.operation = null;
    this.collection = null;
    this.procedure = procedure;
  }

  /** The same statement, several times in one call; for the drain thread. */
  StatementInfo batch() {
    if (batch == null) {
      String prefixed = summary == null ? "BATCH" : "BATCH " + summary;
      batch = new StatementInfo(text, prefixed, procedure);
    }
    return batch;
  }
}
