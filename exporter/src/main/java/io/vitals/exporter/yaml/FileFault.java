/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.yaml;

/**
 * Something in a file that cannot be used: where it stands, what was found, what was expected.
 *
 * <p>The message is {@code file:line:column: found X; expected Y}, line and column from 1.
 */
public final class FileFault extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;
  private final int column;
  private final String found;
  private final String expected;

  /** Names the place; {@code expected} may add a line of its own with a caret. */
  public FileFault(String file, int line, int column, String found, String expected) {
    super(file + ":" + line + ":" + column + ": found " + found + "; expected " + expected);
    this.line = line;
    this.column = column;
    this.found = found;
    this.expected = expected;
  }

  /** The line, from 1. */
  public int line() {
    return line;
  }

  /** The column, from 1. */
  public int column() {
    return column;
  }

  /** What was found. */
  public String found() {
    return found;
  }

  /** What was expected, or what to do. */
  public String expected() {
    return expected;
  }
}
