/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.db;

import io.vitals.bootstrap.DbSpan;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Remembers what SQL texts amount to, so that each is read once.
 *
 * <p>For one thread. A hit costs one hash look-up; the text keeps its hash, so that a prepared
 * statement's is computed once. A miss walks through the text, 32 KB of it at most.
 */
public final class Statements {
  /** As many texts as OpenTelemetry's agent remembers; applications have a few hundred. */
  static final int MOST_TEXTS = 1000;

  /** Characters of all remembered texts together: 2 MB at most, and as much for the results. */
  static final int MOST_CHARACTERS = 1 << 20;

  /** A generated text that is longer is not likely to come again. */
  private static final int LONGEST_REMEMBERED = 16 * 1024;

  private final Map<Key, StatementInfo> known = new LinkedHashMap<>(256, 0.75f, true);
  private final Key probe = new Key();
  private int characters;

  /**
   * What a span's statement amounts to. The text in {@link DbSpan#sql} is read when a span is first
   * asked for, and replaced by the result.
   */
  public StatementInfo of(DbSpan span) {
    if (span.sql instanceof StatementInfo) {
      return (StatementInfo) span.sql;
    }
    StatementInfo info = read(span);
    span.sql = info;
    return info;
  }

  private StatementInfo read(DbSpan span) {
    boolean batch = span.batchSize != -1 && span.batchSize != 1;
    SqlDialect dialect = SqlDialect.of(DatabaseInfo.of(span.database).system);
    StatementInfo info;
    if (span.sql instanceof String) {
      info = of((String) span.sql, dialect, span.prepared);
    } else if (span.sql instanceof String[]) {
      info = together((String[]) span.sql, dialect);
    } else {
      info = StatementInfo.NONE;
    }
    return batch ? info.batch() : info;
  }

  /** All the texts of a batch: one if they are alike, else each one once. */
  private StatementInfo together(String[] texts, SqlDialect dialect) {
    Set<String> different = new LinkedHashSet<>();
    StatementInfo first = null;
    boolean sameSummary = true;
    for (String sql : texts) {
      if (sql == null) {
        continue;
      }
      StatementInfo each = of(sql, dialect, false);
      first = first == null ? each : first;
      sameSummary &= each.summary != null && each.summary.equals(first.summary);
      different.add(each.text);
    }
    if (first == null) {
      return StatementInfo.NONE;
    }
    if (different.size() == 1) {
      return first;
    }
    StringBuilder all = new StringBuilder();
    for (String text : different) {
      if (all.length() + text.length() > SqlLexer.LONGEST) {
        break;
      }
      all.append(all.length() == 0 ? "" : "; ").append(text);
    }
    return new StatementInfo(all.toString(), sameSummary ? first.summary : null, null);
  }

  private StatementInfo of(String sql, SqlDialect dialect, boolean prepared) {
    probe.set(sql, dialect, prepared);
    StatementInfo info = known.get(probe);
    if (info == null) {
      info = read(sql, dialect, prepared);
      if (sql.length() <= LONGEST_REMEMBERED) {
        remember(info, sql, dialect, prepared);
      }
    }
    probe.sql = null;
    return info;
  }

  private void remember(StatementInfo info, String sql, SqlDialect dialect, boolean prepared) {
    Key key = new Key();
    key.set(sql, dialect, prepared);
    known.put(key, info);
    characters += sql.length();
    while (known.size() > MOST_TEXTS || characters > MOST_CHARACTERS) {
      Key eldest = known.keySet().iterator().next();
      known.remove(eldest);
      characters -= eldest.sql.length();
    }
  }

  /** How many texts are remembered. */
  int size() {
    return known.size();
  }

  private static StatementInfo read(String sql, SqlDialect dialect, boolean prepared) {
    SqlLexer lexer = new SqlLexer(sql, dialect);
    SqlSummary summary = lexer.summary();
    boolean asItIs = prepared && !lexer.hadLiterals() && sql.length() <= SqlLexer.LONGEST;
    return new StatementInfo(asItIs ? sql : lexer.text(), summary.text(), summary.routine());
  }

  /** A text with what its meaning depends on. */
  private static final class Key {
    private String sql;
    private SqlDialect dialect;
    private boolean prepared;

    void set(String newSql, SqlDialect newDialect, boolean newPrepared) {
      this.sql = newSql;
      this.dialect = newDialect;
      this.prepared = newPrepared;
    }

    @Override
    public int hashCode() {
      return sql.hashCode() * 31 + dialect.ordinal() * 2 + (prepared ? 1 : 0);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key
          && ((Key) other).sql.equals(sql)
          && ((Key) other).dialect == dialect
          && ((Key) other).prepared == prepared;
    }
  }
}
