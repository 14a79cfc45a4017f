/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.db;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Gathers the words of an SQL text into {@code db.query.summary}: each operation, followed by what
 * it works on, in the order and spelling of the text.
 *
 * <p>A frame is kept for each open parenthesis; a word means something only in the phase its frame
 * is in. Names of common table expressions are no targets.
 */
final class SqlSummary {
  /** The conventions' limit of characters. */
  static final int LONGEST = 255;

  /** Deeper parentheses than any person writes; what is below is not summarised. */
  private static final int DEEPEST = 64;

  /** More common table expressions than any person writes; further ones count as tables. */
  private static final int MOST_EXPRESSIONS = 64;

  private final StringBuilder text = new StringBuilder();

  /** One more than is ever written, for who asks what was inside the deepest. */
  private final SqlPhase[] frames = new SqlPhase[DEEPEST + 1];

  private final Set<String> expressions = new HashSet<>();
  private int depth;
  private boolean strange;
  private boolean separate;
  private boolean inserting;
  private boolean swallowAfterName;
  private String deleted;
  private String previous = "";
  private String beforePrevious = "";
  private char sign = ' ';
  private String routine;

  SqlSummary() {
    frames[0] = SqlPhase.START;
  }

  /** The summary, or null if the text has no operation that is known. */
  String text() {
    if (text.length() == 0) {
      return null;
    }
    if (text.length() <= LONGEST) {
      return text.toString();
    }
    int blank = text.lastIndexOf(" ", LONGEST);
    return text.substring(0, blank > 0 ? blank : LONGEST);
  }

  /** The stored procedure that is called, or null. */
  String routine() {
    return routine;
  }

  /** Reads the next name; {@code quoted} if it cannot be a keyword. */
  void name(String name, boolean quoted) {
    if (depth >= DEEPEST || text.length() > LONGEST) {
      return;
    }
    String word = quoted ? "" : name.toUpperCase(Locale.ROOT);
    SqlPhase phase = frames[depth];
    if (word.equals("SELECT") && phase != SqlPhase.SWALLOW) {
      emit(name);
      frames[depth] = SqlPhase.SELECT;
    } else {
      name(phase, name, word);
    }
    beforePrevious = previous;
    previous = word;
    sign = ' ';
  }

  /** Reads the next character that belongs to no word. */
  void punctuation(char c) {
    if (c == '(') {
      open();
    } else if (c == ')') {
      close();
    } else if (c == ';') {
      end();
      depth = 0;
      frames[0] = SqlPhase.START;
      strange = false;
      expressions.clear();
      separate = text.length() > 0;
    } else if (c == ',' && depth < DEEPEST && frames[depth] == SqlPhase.JOINED) {
      frames[depth] = SqlPhase.TABLE;
    } else if (c == ',' && depth < DEEPEST && frames[depth] == SqlPhase.EXPRESSION_END) {
      frames[depth] = SqlPhase.EXPRESSION_NAME;
    } else {
      other(c);
    }
  }

  /** Reads a placeholder or literal, or a character between words. */
  void other(char c) {
    sign = c;
    if (depth < DEEPEST && (c == '?' || c == '\'')) {
      if (frames[depth] == SqlPhase.TABLE) {
        frames[depth] = SqlPhase.JOINED;
      } else if (frames[depth] == SqlPhase.FIRST || frames[depth] == SqlPhase.NAME) {
        frames[depth] = SqlPhase.BODY;
      }
    }
  }

  /** Reads the end of the text or of one of its statements. */
  void end() {
    if (deleted != null) {
      emit(deleted);
      deleted = null;
    }
  }

  private void open() {
    SqlPhase phase = depth < DEEPEST ? frames[depth] : SqlPhase.SWALLOW;
    if (phase == SqlPhase.ROUTINE) {
      phase = frames[depth] = SqlPhase.SWALLOW;
    } else if (phase == SqlPhase.EXPRESSION_END) {
      phase = frames[depth] = SqlPhase.START;
    }
    if (++depth < DEEPEST) {
      boolean query = previous.equals("AS") && phase == SqlPhase.EXPRESSION_AS;
      frames[depth] =
          phase == SqlPhase.SWALLOW || phase == SqlPhase.TABLE || phase == SqlPhase.START
              ? phase
              : query || previous.equals("MATERIALIZED") ? SqlPhase.START : SqlPhase.FIRST;
    }
    previous = "(";
  }

  private void close() {
    depth = Math.max(0, depth - 1);
    if (depth < DEEPEST) {
      if (frames[depth] == SqlPhase.TABLE) {
        frames[depth] = SqlPhase.JOINED;
      } else if (frames[depth] == SqlPhase.EXPRESSION_AS && frames[depth + 1] != SqlPhase.BODY) {
        frames[depth] = SqlPhase.EXPRESSION_END;
      }
    }
    previous = ")";
  }

  private void name(SqlPhase phase, String name, String word) {
    switch (phase) {
      case START:
        start(name, word);
        break;
      case EXPRESSION_END:
        frames[depth] = SqlPhase.START;
        start(name, word);
        break;
      case FIRST:
        frames[depth] = word.equals("WITH") ? SqlPhase.EXPRESSION_NAME : SqlPhase.BODY;
        break;
      case BODY:
        body(word);
        break;
      case SELECT:
        boolean distinct = previous.equals("DISTINCT");
        if (word.equals("FROM")
            && !(distinct && (beforePrevious.equals("IS") || beforePrevious.equals("NOT")))) {
          frames[depth] = SqlPhase.TABLE;
        }
        break;
      case TABLE:
        table(name, word);
        break;
      case JOINED:
        if (word.equals("JOIN") || word.equals("STRAIGHT_JOIN") || word.equals("APPLY")) {
          frames[depth] = SqlPhase.TABLE;
        } else if (SqlWords.in(SqlWords.AFTER_TABLES, word)) {
          frames[depth] = SqlPhase.BODY;
        }
        break;
      case EXPRESSION_NAME:
        if (!word.equals("RECURSIVE") && expressions.size() < MOST_EXPRESSIONS) {
          expressions.add(name.toLowerCase(Locale.ROOT));
        }
        frames[depth] = word.equals("RECURSIVE") ? phase : SqlPhase.EXPRESSION_AS;
        break;
      default:
        target(phase, name, word);
    }
  }

  private void target(SqlPhase phase, String name, String word) {
    switch (phase) {
      case INSERT:
        if (word.equals("INTO")) {
          frames[depth] = SqlPhase.NAME;
        } else if (word.equals("WHEN")) {
          frames[depth] = SqlPhase.BODY;
        } else if (!SqlWords.in(SqlWords.BEFORE_INTO, word)) {
          named(name, word);
        }
        break;
      case DELETE:
        if (word.equals("FROM")) {
          deleted = null;
          frames[depth] = SqlPhase.NAME;
        } else if (word.equals("WHERE")) {
          end();
          frames[depth] = SqlPhase.BODY;
        } else if (deleted == null && !SqlWords.in(SqlWords.BEFORE_FROM, word)) {
          deleted = name;
        }
        break;
      case NAME:
        named(name, word);
        break;
      case OBJECT:
        object(name, word);
        break;
      case MODIFIED:
        if (SqlWords.in(SqlWords.NAMED, word)) {
          emit(name);
          frames[depth] = SqlPhase.BODY;
        } else if (!SqlWords.in(SqlWords.UNNAMED, word)) {
          frames[depth] = SqlPhase.BODY;
        }
        break;
      case ROUTINE:
        call(name, word);
        break;
      case LOCK:
        frames[depth] = SqlPhase.NAME;
        if (word.equals("TABLE") || word.equals("TABLES")) {
          emit(name);
        } else {
          named(name, word);
        }
        break;
      case TRANSACTION:
        if (word.equals("TRANSACTION")) {
          emit(name);
        }
        frames[depth] = SqlPhase.BODY;
        break;
      default:
    }
  }

  private void start(String name, String word) {
    SqlPhase next = SqlWords.phaseAfter(word);
    boolean known = next != null;
    if (strange && !(word.equals("WITH") || SqlWords.in(" INSERT UPDATE DELETE MERGE ", word))) {
      known = false;
    }
    if (!known) {
      strange = true;
      return;
    }
    inserting = next == SqlPhase.INSERT;
    swallowAfterName = SqlWords.in(" MERGE REPLACE USE LOCK ", word);
    if (!word.equals("WITH") && !(word.equals("VALUES") && depth > 0)) {
      emit(name);
    }
    frames[depth] = next;
  }

  private void body(String word) {
    if (inserting && word.equals("INTO")) {
      frames[depth] = SqlPhase.NAME;
    } else if (inserting && word.equals("RETURNING")) {
      frames[depth] = SqlPhase.SWALLOW;
    } else if (word.equals("WITH") && (inserting || previous.equals("AS"))) {
      frames[depth] = SqlPhase.EXPRESSION_NAME;
    }
  }

  private void table(String name, String word) {
    if (SqlWords.in(" LATERAL ONLY FROM ", word) || word.equals("OJ") && sign == '{') {
      return;
    }
    frames[depth] = word.equals("VALUES") ? SqlPhase.BODY : SqlPhase.JOINED;
    if (word.equals("WITH")) {
      frames[depth] = SqlPhase.EXPRESSION_NAME;
    } else if (!word.equals("VALUES") && !expressions.contains(name.toLowerCase(Locale.ROOT))) {
      emit(name);
    }
  }

  private void named(String name, String word) {
    if (previous.equals("OR") || word.equals("OR") || SqlWords.in(SqlWords.BEFORE_NAME, word)) {
      return;
    }
    emit(name);
    frames[depth] = swallowAfterName ? SqlPhase.SWALLOW : SqlPhase.BODY;
  }

  /** The word after {@code CREATE}, {@code DROP}, {@code ALTER} or {@code TRUNCATE}. */
  private void object(String name, String word) {
    if (word.equals("OR") || previous.equals("OR")) {
      return;
    }
    emit(name);
    frames[depth] =
        SqlWords.in(SqlWords.NAMED, word)
            ? SqlPhase.NAME
            : SqlWords.in(SqlWords.UNNAMED, word) ? SqlPhase.MODIFIED : SqlPhase.BODY;
  }

  private void call(String name, String word) {
    if (sign == '@' || SqlWords.in(" NEXT VALUE FOR ", word)) {
      return;
    }
    emit(name);
    if (!previous.equals("FOR")) {
      routine = name;
    }
    frames[depth] = SqlPhase.SWALLOW;
  }

  private void emit(String name) {
    if (text.length() > LONGEST) {
      return;
    }
    if (separate) {
      text.append(';');
      separate = false;
    }
    if (text.length() > 0) {
      text.append(' ');
    }
    text.append(name);
  }
}
