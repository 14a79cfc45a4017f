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

  /** The first byte chooses the dialect. */
  @FuzzTest(maxExecutions = 1_000_000, maxDuration = "20m")
  void text_isReadWithoutItsLiteral(byte[] input) {
    SqlDialect[] dialects = SqlDialect.values();
    SqlDialect dialect = dialects[input.length == 0 ? 0 : (input[0] & 0xff) % dialects.length];
    String text = new String(input, StandardCharsets.UTF_8);
    SqlLexer lexer = new SqlLexer(text, dialect);
    if (lexer.text().length() > text.length() + 16 || summary(lexer).length() > 300) {
      assertThat(lexer.text()).as("grew").isNull();
    }
    // Where nothing is open a literal may stand, and closes what it opens.
    String head = text.replaceAll("[^A-Za-z0-9_ ,.()=<>+*\\n]", " ");
    if (head.contains(SECRET)) {
      return;
    }
    String sql = head + "\n = '" + SECRET + "' " + head;
    SqlLexer withLiteral = new SqlLexer(sql, dialect);
    if ((withLiteral.text() + summary(withLiteral)).contains(SECRET)) {
      assertThat(withLiteral.text() + summary(withLiteral)).as(sql).doesNotContain(SECRET);
    }
  }

  private static String summary(SqlLexer lexer) {
    String text = lexer.summary().text();
    return text == null ? "" : text;
  }
}
