/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.db;

import static io.vitals.exporter.db.SqlCharacters.isDigit;
import static io.vitals.exporter.db.SqlCharacters.isHex;
import static io.vitals.exporter.db.SqlCharacters.isNamePart;

/**
 * Walks once through an SQL text, replaces every literal by {@code ?}, and feeds the words to a
 * {@link SqlSummary}.
 *
 * <p>Time is linear in the length of the text and memory is one copy of it. A quote that is never
 * closed hides all that follows; if the whole text was read, so that the quotes were read wrongly
 * somewhere, it hides everything from the first quote on. White space becomes one blank, and a list
 * of nothing but literals after {@code IN} becomes {@code (?)}.
 */
final class SqlLexer {
  /** What is read of a text; longer ones are generated lists, whose end says nothing new. */
  static final int LONGEST = 32 * 1024;

  /** What is looked at to find the end of a name in brackets; SQL Server allows 128 characters. */
  private static final int LONGEST_NAME = 130;

  private final String sql;
  private final SqlDialect dialect;
  private final int end;
  private final StringBuilder text;
  private final SqlComments comments;
  private final SqlSummary summary = new SqlSummary();

  private int at;
  private boolean literals;
  private boolean openQuote;

  /** Length of {@link #text} when the first quote was met; -1 before. */
  private int beforeQuotes = -1;

  /**
   * Where the list after {@code IN} begins in {@link #text}; 0 outside, -1 right after the word.
   */
  private int listStart;

  private boolean listHasItems;

  private final SecretPhrase secret = new SecretPhrase();

  /** Reads {@code whole}. */
  SqlLexer(String whole, SqlDialect dialect) {
    this.sql = whole.length() > LONGEST ? whole.substring(0, LONGEST) : whole;
    this.dialect = dialect;
    this.end = sql.length();
    this.comments = new SqlComments(sql);
    this.text = new StringBuilder(end);
    while (at < end) {
      step();
    }
    if (openQuote && end == whole.length() && beforeQuotes >= 0) {
      text.setLength(beforeQuotes);
      text.append('?');
    }
    summary.end();
  }

  /** The text without literals. */
  String text() {
    return text.toString();
  }

  /** Whether the text had literals, or things in comments that look like some. */
  boolean hadLiterals() {
    return literals;
  }

  /** What the words amount to. */
  SqlSummary summary() {
    return summary;
  }

  private void step() {
    char c = sql.charAt(at);
    if (Character.isWhitespace(c)) {
      space();
    } else if (isDigit(c) || (c == '.' || c == '-' || c == '+') && startsNumber()) {
      number();
    } else if (comment(c)) {
      return;
    } else if (c == '\'') {
      string('\'', dialect.backslash);
    } else if (c == '$' && dollarQuote()) {
      return;
    } else if (startsName(at)) {
      name();
    } else if (c == '?') {
      at++;
      text.append('?');
      listHasItems = true;
      summary.other('?');
    } else {
      punctuation(c);
    }
  }

  private void space() {
    while (at < end && Character.isWhitespace(sql.charAt(at))) {
      at++;
    }
    text.append(' ');
  }

  private void punctuation(char c) {
    at++;
    if (c == ')' && listStart > 0 && listHasItems) {
      text.setLength(listStart);
      text.append('?');
    }
    if (c != ',') {
      listStart = c == '(' && listStart < 0 ? text.length() + 1 : 0;
      listHasItems = false;
    }
    text.append(c);
    secret.punctuation(c);
    summary.punctuation(c);
  }

  private void literal() {
    literals = true;
    listHasItems = true;
    if (listStart < 0) {
      listStart = 0;
    }
    text.append('?');
    summary.other('\'');
  }

  /** A sign belongs to the number that follows it at once, as OpenTelemetry's agent has it. */
  private boolean startsNumber() {
    char c = peek(1);
    return isDigit(c) || c == '.' && sql.charAt(at) != '.' && isDigit(peek(2));
  }

  private void number() {
    if (!isDigit(sql.charAt(at))) {
      at++;
    }
    boolean based = sql.charAt(at) == '0' && "xXbBoO".indexOf(peek(1)) >= 0 && isHex(peek(2));
    if (based) {
      at += 2;
      while (at < end && (isHex(sql.charAt(at)) || sql.charAt(at) == '_')) {
        at++;
      }
    } else {
      at++;
      while (at < end && continuesNumber(sql.charAt(at))) {
        at++;
      }
    }
    literal();
  }

  private boolean continuesNumber(char c) {
    if (isDigit(c) || c == '.') {
      return true;
    }
    if (c == '_') {
      return isDigit(peek(1));
    }
    if (c == 'e' || c == 'E') {
      return isDigit(peek(1)) || (peek(1) == '+' || peek(1) == '-') && isDigit(peek(2));
    }
    return (c == '+' || c == '-') && isDigit(peek(1));
  }

  private boolean comment(char c) {
    int from = at;
    if (c == '/' && peek(1) == '*') {
      at = comments.blockEnd(at);
    } else if (c == '-' && peek(1) == '-' && (!dialect.numberSignComments || peek(2) <= ' ')
        || c == '#' && dialect.numberSignComments) {
      at = comments.lineEnd(at);
    } else {
      return false;
    }
    literals |= comments.copy(from, at, text);
    return true;
  }

  private void string(char quote, SqlDialect.Backslash backslash) {
    int from = at;
    quoteMet();
    at = closing(quote, backslash);
    literal();
    stopIfUnsure(from, quote, backslash);
  }

  /**
   * Hides the rest if a backslash in the string just read may have escaped a quote; {@code '\\'}
   * alone is what follows {@code ESCAPE} where backslashes are nothing special.
   */
  private void stopIfUnsure(int from, char quote, SqlDialect.Backslash backslash) {
    if (backslash != SqlDialect.Backslash.UNSURE || at - from == 3) {
      return;
    }
    for (int i = from; i < at - 1; i++) {
      if (sql.charAt(i) == '\\' && sql.charAt(i + 1) == quote) {
        at = end;
      }
    }
  }

  private void quoteMet() {
    if (beforeQuotes < 0) {
      beforeQuotes = text.length();
    }
  }

  /** The index after the quote that closes the one at {@link #at}; the end if none does. */
  private int closing(char quote, SqlDialect.Backslash backslash) {
    for (int i = at + 1; i < end; i++) {
      char c = sql.charAt(i);
      if (c == '\\' && backslash == SqlDialect.Backslash.ESCAPES) {
        i++;
      } else if (c == quote) {
        if (i + 1 < end && sql.charAt(i + 1) == quote) {
          i++;
        } else {
          return i + 1;
        }
      }
    }
    openQuote = true;
    return end;
  }

  /** Reads {@code $$text$$} or {@code $tag$text$tag$}. */
  private boolean dollarQuote() {
    int i = at + 1;
    while (i < end && isNamePart(sql.charAt(i)) && sql.charAt(i) != '$') {
      i++;
    }
    boolean parameter = i > at + 1 && isDigit(peek(1));
    if (parameter) {
      parameter(i);
      return true;
    }
    if (i >= end || sql.charAt(i) != '$') {
      return false;
    }
    quoteMet();
    String tag = sql.substring(at, i + 1);
    int close = sql.indexOf(tag, i + 1);
    openQuote = close < 0;
    at = close < 0 ? end : close + tag.length();
    literal();
    return true;
  }

  /** Reads {@code $1}, which is PostgreSQL's placeholder, and an amount for SQL Server. */
  private void parameter(int to) {
    if (dialect.brackets) {
      literal();
    } else {
      text.append(sql, at, to);
      listStart = 0;
      summary.other('?');
    }
    at = to;
  }

  /** Reads Oracle's {@code q'[text]'} after its prefix, if that is what follows. */
  private boolean alternativeQuote() {
    if (at + 1 >= end || dialect != SqlDialect.STANDARD && dialect != SqlDialect.UNKNOWN) {
      return false;
    }
    char open = sql.charAt(at + 1);
    int pair = "[({<".indexOf(open);
    String closing = (pair < 0 ? open : "])}>".charAt(pair)) + "'";
    int close = sql.indexOf(closing, at + 2);
    quoteMet();
    openQuote = close < 0;
    at = close < 0 ? end : close + 2;
    literal();
    return true;
  }

  private boolean startsName(int from) {
    char c = from < end ? sql.charAt(from) : ' ';
    if (c == '[') {
      return bracketEnd(from) > 0;
    }
    return c == '"' || c == '`' || isNamePart(c);
  }

  /** The index after the bracket that closes an identifier opened at {@code from}, or 0. */
  private int bracketEnd(int from) {
    for (int i = from + 1; i < end; i++) {
      char c = sql.charAt(i);
      if (c == ']') {
        return i > from + 1 ? i + 1 : 0;
      }
      boolean plain = c == ' ' || isNamePart(c) && (i > from + 1 || !isDigit(c));
      if (!plain && !dialect.brackets || i - from > LONGEST_NAME) {
        return 0;
      }
    }
    return 0;
  }

  /** Reads an identifier with its qualifiers: {@code a}, {@code a.b}, {@code "a"."b"}. */
  private void name() {
    int from = at;
    boolean quoted = false;
    boolean qualified = false;
    while (true) {
      char c = sql.charAt(at);
      quoted |= !isNamePart(c);
      if (c == '"' || c == '`') {
        at = closing(c, c == '"' ? dialect.backslash : SqlDialect.Backslash.LITERAL);
      } else if (c == '[') {
        at = bracketEnd(at);
      } else {
        while (at < end && isNamePart(sql.charAt(at))) {
          at++;
        }
      }
      char joint = at < end ? sql.charAt(at) : ' ';
      if (joint == '.' && peek(1) == '.') {
        at++;
      } else if (joint != '.' && joint != '@' || joint == '@' && quoted) {
        break;
      }
      if (!startsName(at + 1)) {
        break;
      }
      qualified = true;
      at++;
    }
    nameRead(from, quoted, qualified);
  }

  private void nameRead(int from, boolean quoted, boolean qualified) {
    char first = sql.charAt(from);
    boolean literal = first == '"' && !qualified && !dialect.doubleQuotesIdentify;
    if (quoted && first != '[') {
      if (beforeQuotes < 0) {
        beforeQuotes = text.length();
      }
      literal |= openQuote;
    }
    if (literal) {
      literals = true;
      listHasItems = true;
      text.append('?');
      stopIfUnsure(from, first, dialect.backslash);
    } else {
      text.append(sql, from, at);
      listStart = isWord(from, "IN") ? -1 : 0;
      listHasItems = false;
    }
    if (openQuote) {
      return;
    }
    summary.name(sql.substring(from, at), quoted || qualified);
    if (!quoted && !qualified) {
      afterWord(from);
    }
  }

  private void afterWord(int from) {
    if (at < end && sql.charAt(at) == '\'') {
      boolean oracle = isWord(from, "Q") || isWord(from, "NQ");
      if (!oracle || !alternativeQuote()) {
        string('\'', isWord(from, "E") ? SqlDialect.Backslash.ESCAPES : dialect.backslash);
      }
    } else if (secret.word(sql, from, at)) {
      text.append(" ?");
      literals = true;
      at = end;
    }
  }

  private boolean isWord(int from, String word) {
    return at - from == word.length() && sql.regionMatches(true, from, word, 0, word.length());
  }

  private char peek(int ahead) {
    return at + ahead < end ? sql.charAt(at + ahead) : ' ';
  }
}
