/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.log;

import java.util.Locale;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Writes a line a record: {@code vitals: level: message}, and the stack trace when debugging. */
final class StderrLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1;

  /** Set once at the start, from {@code vitals.log.level}. */
  static volatile Level threshold = Level.INFO;

  StderrLogger(String name) {
    this.name = name;
  }

  private static boolean isEnabled(Level level) {
    return level.toInt() >= threshold.toInt();
  }

  @Override
  public boolean isTraceEnabled() {
    return isEnabled(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return isEnabled(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return isEnabled(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return isEnabled(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return isEnabled(Level.ERROR);
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
    StringBuilder line = new StringBuilder("vitals: ");
    if (level != Level.INFO) {
      line.append(level.name().toLowerCase(Locale.ROOT)).append(": ");
    }
    line.append(MessageFormatter.basicArrayFormat(message, arguments));
    if (thrown != null) {
      line.append(": ").append(thrown);
    }
    System.err.println(line);
    if (thrown != null && threshold.toInt() <= Level.DEBUG.toInt()) {
      thrown.printStackTrace(System.err);
    }
  }
}
