/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.db;

/**
 * Notices the words after which a statement about users gives a password, quoted or not: {@code
 * PASSWORD} and {@code IDENTIFIED BY} outside parentheses, and all that {@code CONNECT} is given.
 */
final class SecretPhrase {
  private static final int UNSEEN = 0;
  private static final int ABOUT_USERS = 1;
  private static final int HARMLESS = 2;

  private int statement = UNSEEN;
  private int depth;
  private boolean identified;
  private boolean secondWord;

  /** Reads the next word, and returns whether what follows it is a secret. */
  boolean word(String sql, int from, int to) {
    if (statement == UNSEEN) {
      if (is(sql, from, to, "CONNECT")) {
        return true;
      }
      boolean users =
          is(sql, from, to, "CREATE")
              || is(sql, from, to, "ALTER")
              || is(sql, from, to, "GRANT")
              || is(sql, from, to, "SET");
      statement = users ? ABOUT_USERS : HARMLESS;
      secondWord = true;
      return false;
    }
    if (statement == HARMLESS || depth > 0) {
      return false;
    }
    if (secondWord && (is(sql, from, to, "TABLE") || is(sql, from, to, "VIEW"))) {
      statement = HARMLESS;
      return false;
    }
    secondWord = false;
    boolean follows = is(sql, from, to, "PASSWORD") || identified && is(sql, from, to, "BY");
    identified |= is(sql, from, to, "IDENTIFIED");
    return follows;
  }

  /** Reads the next character that belongs to no word. */
  void punctuation(char c) {
    if (c == '(') {
      depth++;
    } else if (c == ')') {
      depth--;
    } else if (c == ';') {
      statement = UNSEEN;
      depth = 0;
      identified = false;
    }
  }

  private static boolean is(String sql, int from, int to, String word) {
    return to - from == word.length() && sql.regionMatches(true, from, word, 0, word.length());
  }
}
