/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Every text is read in every dialect, and a literal put into it does not come out. */
class SqlFuzzTest {
  private static final String SECRET = "Zq7xJ9";

  @FuzzTest(maxExecutions = 1_000_000, maxDuration = "10m")
  void text_isReadInEveryDialectWithoutItsLiteral(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    for (SqlDialect dialect : SqlDialect.values()) {
      SqlLexer lexer = new SqlLexer(text, dialect);
      if (lexer.text().length() > text.length() + 16 || summary(lexer).length() > 300) {
        assertThat(lexer.text()).as("grew").isNull();
      }
    }
    // Where nothing is open a literal may stand; behind an end of line and a closed comment.
    String head = text.replaceAll("[^A-Za-z0-9_ ,.()=<>+*\\n]", " ");
    if (head.contains(SECRET)) {
      return;
    }
    String sql = head + "\n = '" + SECRET + "' " + head;
    for (SqlDialect dialect : SqlDialect.values()) {
      SqlLexer lexer = new SqlLexer(sql, dialect);
      if ((lexer.text() + summary(lexer)).contains(SECRET)) {
        assertThat(lexer.text() + summary(lexer)).as(sql).doesNotContain(SECRET);
      }
    }
  }

  private static String summary(SqlLexer lexer) {
    String text = lexer.summary().text();
    return text == null ? "" : text;
  }
}
