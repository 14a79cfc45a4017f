/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.db;

/** What spans and metrics say of a statement. */
public final class StatementInfo {
  /** The value of {@code db.query.text}, or null. */
  public final String text;

  /** The value of {@code db.query.summary}, or null. */
  public final String summary;

  /** The value of {@code db.operation.name}, or null. */
  public final String operation;

  /** The value of {@code db.collection.name}, or null. */
  public final String collection;

  StatementInfo(String text, String summary, String operation, String collection) {
    this.text = text;
    this.summary = summary;
    this.operation = operation;
    this.collection = collection;
  }
}
