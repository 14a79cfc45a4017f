/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replaces literals and sums up statements in the dialects people use. */
class SqlLexerTest {
  /** Where a literal may stand: {@code #} is replaced by one. */
  private static final String[] STATEMENTS = {
    "SELECT * FROM orders WHERE id = #",
    "SELECT a, # AS b FROM t1 JOIN t2 ON t1.x = t2.x AND t1.y = # WHERE c IN (#, #, #) OR d LIKE #",
    "INSERT INTO t (a, b) VALUES (#, #), (#, #) ON CONFLICT (a) DO UPDATE SET b = #",
    "UPDATE t SET a = #, b = b || # WHERE c BETWEEN # AND # -- why don't we\n AND d = #",
    "MERGE INTO t USING s ON (t.a = #) WHEN MATCHED THEN UPDATE SET b = #",
    "WITH x AS (SELECT # FROM y WHERE z = #) SELECT * FROM x WHERE w = #;DELETE FROM q WHERE r=#",
    "CALL proc(#,#)",
    "SELECT /* it's # \"quoted */ a FROM t /*+ HINT(#) */ WHERE b=#",
    "SELECT * FROM t WHERE a=#AND b<#OR c>=#",
    "SELECT CASE WHEN a = # THEN # ELSE # END FROM t LIMIT 10",
  };

  @ParameterizedTest
  @ValueSource(strings = {"statements.txt", "statements-read-further.txt"})
  void statement_isReadAsTheTableSays(String table) {
    List<String> lines = Expectations.lines(table);
    SoftAssertions all = new SoftAssertions();
    for (int i = 0; i < lines.size(); i += 3) {
      String sql = lines.get(i);
      boolean mysql = sql.startsWith("@m ");
      SqlLexer lexer =
          new SqlLexer(
              (mysql ? sql.substring(3) : sql).replace("\\n", "\n"),
              mysql ? SqlDialect.MYSQL : SqlDialect.STANDARD);
      String text = "  text    " + lexer.text().trim();
      String summary = "  summary " + lexer.summary().text();
      all.assertThat(sql + "\n" + text + "\n" + summary)
          .isEqualTo(sql + "\n" + lines.get(i + 1) + "\n" + lines.get(i + 2));
    }
    all.assertAll();
  }

  @ParameterizedTest
  @EnumSource(SqlDialect.class)
  void literal_neverComesOutWhateverItHolds(SqlDialect dialect) {
    Random random = new Random(20261121);
    for (int run = 0; run < 5_000; run++) {
      List<String> secrets = new ArrayList<>();
      String sql = spliced(STATEMENTS[run % STATEMENTS.length], random, dialect, secrets);
      SqlLexer lexer = new SqlLexer(sql, dialect);
      for (String secret : secrets) {
        // Asserted only where it fails, since describing 100,000 assertions takes half a minute.
        if ((lexer.text() + lexer.summary().text()).contains(secret)) {
          assertThat(lexer.text() + lexer.summary().text()).as(sql).doesNotContain(secret);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SqlDialect.class)
  void textCutAnywhere_letsNoLiteralThrough(SqlDialect dialect) {
    Random random = new Random(8);
    for (int run = 0; run < 5_000; run++) {
      List<String> secrets = new ArrayList<>();
      String whole = spliced(STATEMENTS[run % STATEMENTS.length], random, dialect, secrets);
      String sql = whole.substring(0, random.nextInt(whole.length() + 1));
      String text = new SqlLexer(sql, dialect).text();
      for (String secret : secrets) {
        if (text.contains(secret.substring(0, 5))) {
          assertThat(text).as(sql).doesNotContain(secret.substring(0, 5));
        }
      }
    }
  }

  /** Puts literals that hold a recognisable secret between what else a literal may hold. */
  private static String spliced(
      String statement, Random random, SqlDialect dialect, List<String> secrets) {
    StringBuilder sql = new StringBuilder();
    boolean comment = false;
    for (int i = 0; i < statement.length(); i++) {
      char c = statement.charAt(i);
      comment |= statement.startsWith("/*", i);
      comment &= !statement.startsWith("*/", i);
      if (c != '#') {
        sql.append(c);
      } else if (comment) {
        sql.append("secret_hint");
      } else {
        sql.append(literal(random, dialect, secrets));
      }
    }
    return sql.toString();
  }

  private static String literal(Random random, SqlDialect dialect, List<String> secrets) {
    int kind = random.nextInt(7);
    if (kind == 0) {
      String digits = "7" + (100_000 + random.nextInt(900_000));
      secrets.add(digits);
      return random.nextBoolean() ? digits : "-" + digits + "." + digits + "e+" + digits;
    }
    String secret = "zq" + Long.toString(Math.abs(random.nextLong()), 36) + "vx";
    secrets.add(secret);
    String inside = noise(random, dialect) + secret + noise(random, dialect);
    if (kind == 1 && dialect == SqlDialect.STANDARD) {
      return "$tag$" + inside + "$tag$";
    }
    if (kind == 2 && dialect == SqlDialect.STANDARD) {
      return "q'[" + inside.replace("]", "") + "]'";
    }
    if (kind == 3 && dialect == SqlDialect.STANDARD) {
      return "E'" + inside.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
    if (kind == 4 && !dialect.doubleQuotesIdentify) {
      return "\"" + escaped(inside, "\"", dialect) + "\"";
    }
    String prefix = random.nextInt(5) == 0 ? "N" : "";
    return " " + prefix + "'" + escaped(inside, "'", dialect) + "'";
  }

  private static String escaped(String inside, String quote, SqlDialect dialect) {
    boolean escapes = dialect.backslash == SqlDialect.Backslash.ESCAPES;
    String text = escapes ? inside.replace("\\", "\\\\") : inside;
    return text.replace(quote, escapes && text.length() % 2 == 0 ? "\\" + quote : quote + quote);
  }

  private static String noise(Random random, SqlDialect dialect) {
    String[] pieces = {
      "'", "\"", "`", "--", "/*", "*/", "#", "[", "]", "$$", ";", "(", " ", "%", "\n"
    };
    StringBuilder noise = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      noise.append(pieces[random.nextInt(pieces.length)]);
    }
    // Elsewhere a backslash before a quote means one thing or the other, never both.
    boolean backslash = dialect.backslash != SqlDialect.Backslash.UNSURE && random.nextInt(4) == 0;
    return backslash
        ? noise.append('\\').append(random.nextBoolean() ? "'" : "x").toString()
        : noise.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "select 'a\\' , 'secret', 'b\\''",
        "select \"a\\\" , \"secret\", \"b\\\"\"",
        "# don't\n select 'secret' from t",
      })
  void unsureQuotes_hideWhatFollows(String sql) {
    assertThat(new SqlLexer(sql, SqlDialect.UNKNOWN).text()).doesNotContain("secret");
  }

  @Test
  void escapeClauseOfAnUnknownSystem_hidesNothingElse() {
    assertThat(
            new SqlLexer("select a from t where b like ? escape '\\' and c = 1", SqlDialect.UNKNOWN)
                .text())
        .isEqualTo("select a from t where b like ? escape ? and c = ?");
  }

  @Test
  void dollarAmount_isALiteralForSqlServerAndAPlaceholderElsewhere() {
    assertThat(new SqlLexer("select $100", SqlDialect.SQL_SERVER).text()).isEqualTo("select ?");
    assertThat(new SqlLexer("select $100", SqlDialect.STANDARD).text()).isEqualTo("select $100");
  }

  @Test
  void dashesWithoutABlank_areArithmeticForMySql() {
    assertThat(new SqlLexer("select 5--3, 'x' from t", SqlDialect.MYSQL).summary().text())
        .isEqualTo("select t");
  }

  @Test
  void longText_isReadUpToItsBound() {
    StringBuilder sql = new StringBuilder("SELECT * FROM t WHERE a = ");
    while (sql.length() < 3 * SqlLexer.LONGEST) {
      sql.append("'secret' OR a = ");
    }

    SqlLexer lexer = new SqlLexer(sql.toString(), SqlDialect.STANDARD);

    assertThat(lexer.text()).hasSizeLessThan(SqlLexer.LONGEST).doesNotContain("secret");
    assertThat(lexer.summary().text()).isEqualTo("SELECT t");
  }

  @Test
  void longSummary_isCutBetweenWords() {
    StringBuilder sql = new StringBuilder("SELECT * FROM table0");
    for (int i = 1; i < 100; i++) {
      sql.append(", table").append(i);
    }

    String summary = new SqlLexer(sql.toString(), SqlDialect.STANDARD).summary().text();

    assertThat(summary).hasSizeBetween(240, 255).startsWith("SELECT table0 table1 ");
    assertThat(sql.toString()).contains(summary.substring(summary.lastIndexOf(' ') + 1) + ",");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/*",
        "/*/**/",
        "'",
        "''",
        "\"",
        "`",
        "[",
        "[a",
        "$",
        "$a$",
        "$a",
        "q'",
        "q'[",
        "(",
        ")",
        "--",
        "\\",
        "'\\",
        "a.",
        "a..",
        "0x",
        "-",
        "1e",
        "@",
        "E'\\",
        "[]",
        "WITH a AS (",
        ";",
        "*/",
        "q'("
      })
  @Timeout(value = 10, unit = TimeUnit.SECONDS)
  void anyPieceRepeated_isReadInLinearTime(String piece) {
    StringBuilder sql = new StringBuilder("SELECT a FROM t ");
    while (sql.length() < SqlLexer.LONGEST) {
      sql.append(piece);
    }
    for (SqlDialect dialect : SqlDialect.values()) {
      for (int i = 0; i < 20; i++) {
        assertThat(new SqlLexer(sql.toString(), dialect).text()).startsWith("SELECT ");
      }
    }
  }

  @Test
  void anyCharacters_areReadWithoutHarm() {
    Random random = new Random(4);
    String pieces = "'\"`[]$/*-#\\q(E);,.@:?0x1 aBSELECT FROM WITH AS \n\uD83D\u00e9";
    for (int run = 0; run < 20_000; run++) {
      StringBuilder sql = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        sql.append(pieces.charAt(random.nextInt(pieces.length())));
      }
      SqlDialect dialect = SqlDialect.values()[run % SqlDialect.values().length];
      assertThat(new SqlLexer(sql.toString(), dialect).text()).isNotNull();
    }
  }
}
