/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitals.bootstrap.Current;
import io.vitals.bootstrap.Database;
import io.vitals.bootstrap.DbSpan;
import io.vitals.bootstrap.Probe;
import org.junit.jupiter.api.Test;

/** Sums up the statements and batches of spans. */
class StatementsTest {
  private final Database h2 = new Database("jdbc:h2:mem:x", null);
  private final Statements statements = new Statements();

  private DbSpan span(Object sql, int batchSize) {
    DbSpan span = Probe.startDb(Current.get());
    Probe.end(Current.get(), span, null);
    span.database = h2;
    span.sql = sql;
    span.batchSize = batchSize;
    return span;
  }

  private StatementInfo batch(int size, String... texts) {
    return statements.of(span(texts, size));
  }

  @Test
  void span_keepsWhatItsStatementAmountsTo() {
    DbSpan span = span("SELECT * FROM orders WHERE id = 5", -1);

    StatementInfo info = statements.of(span);

    assertThat(span.sql).isSameAs(info);
    assertThat(statements.of(span)).isSameAs(info);
    assertThat(info.summary).isEqualTo("SELECT orders");
    assertThat(info.text).isEqualTo("SELECT * FROM orders WHERE id = ?");
    assertThat(info.operation).isNull();
    assertThat(info.collection).isNull();
  }

  @Test
  void sameText_isReadOnce() {
    StatementInfo first = statements.of(span("SELECT 1 FROM a", -1));

    assertThat(statements.of(span("SELECT 1 FROM a", -1))).isSameAs(first);
    assertThat(statements.size()).isEqualTo(1);
  }

  @Test
  void preparedText_isShownAsItIs() {
    DbSpan span = span("SELECT *\nFROM t WHERE a IN (?,  ?)", -1);
    span.prepared = true;

    assertThat(statements.of(span).text).isEqualTo("SELECT *\nFROM t WHERE a IN (?,  ?)");
  }

  @Test
  void preparedTextWithALiteral_hidesIt() {
    DbSpan span = span("SELECT * FROM t WHERE a = ? AND b = 'secret'", -1);
    span.prepared = true;

    assertThat(statements.of(span).text).isEqualTo("SELECT * FROM t WHERE a = ? AND b = ?");
  }

  @Test
  void call_namesItsProcedure() {
    assertThat(statements.of(span("{call shop.pay(?)}", -1)).procedure).isEqualTo("shop.pay");
  }

  @Test
  void batchOfAlikeTexts_hasTheTextOnce() {
    StatementInfo info = batch(2, "INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (2)");

    assertThat(info.text).isEqualTo("INSERT INTO t VALUES (?)");
    assertThat(info.summary).isEqualTo("BATCH INSERT t");
  }

  @Test
  void batchOfOneKind_hasEachTextOnce() {
    StatementInfo info =
        batch(
            3,
            "INSERT INTO t VALUES (1)",
            "INSERT INTO t(a) VALUES (2)",
            "INSERT INTO t VALUES (3)");

    assertThat(info.text).isEqualTo("INSERT INTO t VALUES (?); INSERT INTO t(a) VALUES (?)");
    assertThat(info.summary).isEqualTo("BATCH INSERT t");
  }

  @Test
  void batchOfSeveralKinds_isJustABatch() {
    StatementInfo info = batch(2, "INSERT INTO t VALUES (1)", "UPDATE t SET a = 1");

    assertThat(info.text).isEqualTo("INSERT INTO t VALUES (?); UPDATE t SET a = ?");
    assertThat(info.summary).isEqualTo("BATCH");
  }

  @Test
  void batchOfOne_isNoBatch() {
    assertThat(batch(1, "INSERT INTO t VALUES (1)").summary).isEqualTo("INSERT t");
    assertThat(statements.of(span("INSERT INTO t VALUES (?)", 1)).summary).isEqualTo("INSERT t");
  }

  @Test
  void emptyBatch_isABatch() {
    assertThat(statements.of(span(null, 0)).summary).isEqualTo("BATCH");
    assertThat(statements.of(span("INSERT INTO t VALUES (?)", 0)).summary)
        .isEqualTo("BATCH INSERT t");
  }

  @Test
  void commit_hasNoTextAndNoSummary() {
    DbSpan span = span(null, -1);
    span.operation = "COMMIT";

    assertThat(statements.of(span).summary).isNull();
    assertThat(statements.of(span).text).isNull();
  }

  @Test
  void manyTexts_areForgottenFromTheOldest() {
    StatementInfo first = statements.of(span("SELECT 1 FROM t", -1));
    for (int i = 0; i < 2 * Statements.MOST_TEXTS; i++) {
      statements.of(span("SELECT " + i + " FROM u", -1));
    }

    assertThat(statements.size()).isEqualTo(Statements.MOST_TEXTS);
    assertThat(statements.of(span("SELECT 1 FROM t", -1))).isNotSameAs(first);
  }

  @Test
  void longTexts_areRememberedUpToTheirBound() {
    String filler = "x".repeat(10_000);
    for (int i = 0; i < 500; i++) {
      statements.of(span("SELECT " + i + " FROM " + filler, -1));
    }

    assertThat(statements.size()).isBetween(90, Statements.MOST_CHARACTERS / 10_000);
  }
}
