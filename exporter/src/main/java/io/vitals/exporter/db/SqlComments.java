/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.db;

import static io.vitals.exporter.db.SqlCharacters.isDigit;
import static io.vitals.exporter.db.SqlCharacters.isNamePart;

/**
 * Finds where the comments of an SQL text end, and copies them without what looks like a literal.
 */
final class SqlComments {
  private final String sql;

  /** Whether block comments may be nested; false once that led nowhere, to stay linear. */
  private boolean nesting = true;

  SqlComments(String sql) {
    this.sql = sql;
  }

  /** The index of the line break that ends the comment at {@code from}, or of the text's end. */
  int lineEnd(int from) {
    int at = from;
    while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  /** The index after a block comment, nested ones included if they are all closed. */
  int blockEnd(int from) {
    int first = sql.indexOf("*/", from + 2);
    if (first < 0) {
      return sql.length();
    }
    int depth = 0;
    for (int i = from; nesting && i < sql.length() - 1; i++) {
      boolean opens = sql.charAt(i) == '/' && sql.charAt(i + 1) == '*';
      if (opens || sql.charAt(i) == '*' && sql.charAt(i + 1) == '/') {
        depth += opens ? 1 : -1;
        i++;
      }
      if (depth == 0) {
        return i + 1;
      }
    }
    nesting = false;
    return first + 2;
  }

  /**
   * Copies a comment without quoted texts and numbers; a quote in it never reaches beyond it.
   *
   * @return whether there were any
   */
  boolean copy(int from, int to, StringBuilder text) {
    boolean literals = false;
    int next;
    for (int i = from; i < to; i = next) {
      char c = sql.charAt(i);
      next = i + 1;
      if (c == '\'' || c == '"') {
        while (next < to && sql.charAt(next) != c) {
          next++;
        }
        text.append(next == to && sql.startsWith("*/", to - 2) ? "?*/" : "?");
        next = Math.min(next + 1, to);
      } else if (isDigit(c) && !isNamePart(sql.charAt(Math.max(i - 1, 0)))) {
        while (next < to && isNamePart(sql.charAt(next))) {
          next++;
        }
        text.append('?');
      } else {
        text.append(Character.isWhitespace(c) ? ' ' : c);
        continue;
      }
      literals = true;
    }
    return literals;
  }
}
