/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import java.io.PrintWriter;
import java.io.Writer;

/**
 * Describes what was thrown as the span event {@code exception}.
 *
 * <p>Runs code of the application ({@code getMessage}, {@code toString}) on our own thread; what it
 * throws is kept from us.
 */
final class ExceptionEvent {
  static final String NAME = "exception";

  /** 32 Ki characters: about 400 frames; longer traces are recursions that repeat themselves. */
  static final int LONGEST_TRACE = 32 * 1024;

  private ExceptionEvent() {}

  static void put(Throwable thrown, SpanAttributes into) {
    into.put(Keys.EXCEPTION_TYPE, type(thrown));
    into.put(Keys.EXCEPTION_MESSAGE, message(thrown));
    into.put(Keys.EXCEPTION_STACKTRACE, stackTrace(thrown));
  }

  private static String type(Throwable thrown) {
    try {
      String canonical = thrown.getClass().getCanonicalName();
      return canonical == null ? thrown.getClass().getName() : canonical;
    } catch (Throwable malformedName) {
      return thrown.getClass().getName();
    }
  }

  private static String message(Throwable thrown) {
    try {
      return thrown.getMessage();
    } catch (Throwable failure) {
      return null;
    }
  }

  private static String stackTrace(Throwable thrown) {
    Capped text = new Capped();
    try {
      thrown.printStackTrace(new PrintWriter(text));
    } catch (Throwable failure) {
      // What was written until then is shown.
    }
    return text.characters.toString();
  }

  /** Keeps the beginning of what is written and fails beyond, so that printing ends early. */
  private static final class Capped extends Writer {
    final StringBuilder characters = new StringBuilder(1024);

    @Override
    public void write(char[] buffer, int offset, int length) {
      int room = LONGEST_TRACE - characters.length();
      characters.append(buffer, offset, Math.min(room, length));
      if (length > room) {
        throw new TooLong();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** Leaves {@code printStackTrace} when enough is written. */
  private static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooLong() {
      super(null, null, false, false);
    }
  }
}
