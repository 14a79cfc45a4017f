/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

/** A statement, batch or transaction end that this process sends to a database. */
public final class DbSpan extends Span {
  /** The database, or null if it is unknown. */
  public Database database;

  /**
   * The SQL text as the application wrote it, a {@code String[]} of a batch's texts with nulls at
   * its end, or null.
   */
  public Object sql;

  /** How many operations the batch has; -1 if it is none, {@link Jdbc#UNKNOWN_SIZE}. */
  public int batchSize = -1;

  /** Whether the text was prepared: its values are apart from it, so it is shown as it is. */
  public boolean prepared;

  /** {@code COMMIT} or {@code ROLLBACK} where there is no text, or null. */
  public String operation;
}
