/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.db;

/** What the SQL of a call says, without its literals. */
public final class StatementInfo {
  public final String text;
  public final String summary;
  public final String operation;
  public final String collection;

  /** Makes the facts of a statement, each of which may be null. */
  public StatementInfo(String text, String summary, String operation, String collection) {
    this.text = text;
    this.summary = summary;
    this.operation = operation;
    this.collection = collection;
  }
}
