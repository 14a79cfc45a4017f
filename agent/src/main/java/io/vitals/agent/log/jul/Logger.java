/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.log.jul;

import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * Stands in for {@code java.util.logging.Logger} in the agent's libraries, so that the
 * application's log manager is neither asked nor initialised; the packaging renames their
 * references.
 */
public final class Logger {
  private final org.slf4j.Logger target;

  private Logger(String name) {
    this.target = LoggerFactory.getLogger(name);
  }

  /** A logger with this name. */
  public static Logger getLogger(String name) {
    return new Logger(name);
  }

  /** The name. */
  public String getName() {
    return target.getName();
  }

  /** Whether a record of this level goes anywhere. */
  public boolean isLoggable(Level level) {
    return target.isEnabledForLevel(level.slf4j());
  }

  /** Nothing: records go to the agent's own log. */
  public Handler[] getHandlers() {
    return new Handler[0];
  }

  /** Does nothing: the level is {@code vitals.log.level}'s. */
  public void setLevel(Level level) {}

  /** The level that goes somewhere. */
  public Level getLevel() {
    return isLoggable(Level.FINE)
        ? Level.FINE
        : isLoggable(Level.INFO) ? Level.INFO : Level.WARNING;
  }

  /** Logs. */
  public void log(Level level, String message) {
    target.atLevel(levelOf(level, message)).log(message);
  }

  /**
   * A failed export is counted and said by the exporter itself; the SDK's own line is a second one,
   * and what it says when it stops repeating that line a third.
   */
  private static org.slf4j.event.Level levelOf(Level level, String message) {
    return message != null
            && (message.startsWith("Failed to export")
                || message.startsWith("Too many log messages detected"))
        ? org.slf4j.event.Level.DEBUG
        : level.slf4j();
  }

  /** Logs. */
  public void log(Level level, Supplier<String> message) {
    if (isLoggable(level)) {
      log(level, message.get());
    }
  }

  /** Logs with an exception. */
  public void log(Level level, String message, Throwable thrown) {
    target.atLevel(levelOf(level, message)).setCause(thrown).log(message);
  }

  /** Logs with an exception. */
  public void log(Level level, Throwable thrown, Supplier<String> message) {
    if (isLoggable(level)) {
      log(level, message.get(), thrown);
    }
  }

  /** Logs with {@code {0}} replaced. */
  public void log(Level level, String message, Object parameter) {
    log(level, message, new Object[] {parameter});
  }

  /** Logs with {@code {0}}, {@code {1}} ... replaced. */
  public void log(Level level, String message, Object[] parameters) {
    if (isLoggable(level)) {
      String text = message;
      for (int i = 0; i < parameters.length; i++) {
        text = text.replace("{" + i + "}", String.valueOf(parameters[i]));
      }
      log(level, text);
    }
  }

  /** Logs; the class and the method are left out. */
  public void logp(Level level, String type, String method, String message) {
    log(level, message);
  }

  /** Logs with {@code {0}} replaced; the class and the method are left out. */
  public void logp(Level level, String type, String method, String message, Object parameter) {
    log(level, message, parameter);
  }

  /** Logs with {@code {0}}, {@code {1}} ... replaced; the class and the method are left out. */
  public void logp(Level level, String type, String method, String message, Object[] parameters) {
    log(level, message, parameters);
  }

  /** Logs with an exception; the class and the method are left out. */
  public void logp(Level level, String type, String method, String message, Throwable thrown) {
    log(level, message, thrown);
  }

  /** Logs at {@link Level#SEVERE}. */
  public void severe(String message) {
    log(Level.SEVERE, message);
  }

  /** Logs at {@link Level#WARNING}. */
  public void warning(String message) {
    log(Level.WARNING, message);
  }

  /** Logs at {@link Level#INFO}. */
  public void info(String message) {
    log(Level.INFO, message);
  }

  /** Logs at {@link Level#CONFIG}. */
  public void config(String message) {
    log(Level.CONFIG, message);
  }

  /** Logs at {@link Level#FINE}. */
  public void fine(String message) {
    log(Level.FINE, message);
  }

  /** Logs at {@link Level#FINE}. */
  public void fine(Supplier<String> message) {
    log(Level.FINE, message);
  }

  /** Logs at {@link Level#FINER}. */
  public void finer(String message) {
    log(Level.FINER, message);
  }

  /** Logs at {@link Level#FINEST}. */
  public void finest(String message) {
    log(Level.FINEST, message);
  }
}
