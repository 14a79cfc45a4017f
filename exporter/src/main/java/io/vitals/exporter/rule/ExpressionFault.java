/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

/**
 * Something in an expression that cannot be used: where it stands, what was found, what was
 * expected.
 *
 * <p>The message names all three and shows the line with a caret under the place.
 */
public final class ExpressionFault extends Exception {
  private static final long serialVersionUID = 1;

  /** How much of a long line is shown on each side of the caret. */
  private static final int SHOWN = 60;

  private final int offset;
  private final String found;
  private final String expected;
  private final String caret;

  ExpressionFault(String text, int offset, String found, String expected) {
    // It tells of a text that somebody wrote, not of a place in the program.
    super(null, null, false, false);
    this.offset = offset;
    this.found = found;
    this.expected = expected;
    this.caret = caret(text, offset);
  }

  @Override
  public String getMessage() {
    return "character "
        + (offset + 1)
        + ": found "
        + found
        + "; expected "
        + expected
        + "\n"
        + caret;
  }

  private static String caret(String text, int offset) {
    int begin = text.lastIndexOf('\n', offset - 1) + 1;
    int newline = text.indexOf('\n', offset);
    int end = newline < 0 ? text.length() : newline;
    int from = Math.max(begin, offset - SHOWN);
    int to = Math.min(end, offset + SHOWN);
    StringBuilder shown = new StringBuilder();
    for (int i = from; i < to; i++) {
      char next = text.charAt(i);
      shown.append(next < ' ' ? ' ' : next);
    }
    shown.append('\n');
    for (int i = from; i < offset; i++) {
      shown.append(' ');
    }
    return shown.append('^').toString();
  }

  /** Where it stands: the index of its first character in the text, from 0. */
  public int offset() {
    return offset;
  }

  /** What was found. */
  public String found() {
    return found;
  }

  /** What was expected, or what to do. */
  public String expected() {
    return expected;
  }

  /** Two lines: what stands there, and a caret under it. */
  public String caret() {
    return caret;
  }
}
