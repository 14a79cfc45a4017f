/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.log;

import java.util.Locale;
import org.slf4j.event.Level;

/** Sets what the agent logs. */
public final class LogLevel {
  private LogLevel() {}

  /** Sets the threshold: trace, debug, info, warn, error; returns false for anything else. */
  public static boolean set(String name) {
    try {
      StderrLogger.threshold = Level.valueOf(name.trim().toUpperCase(Locale.ROOT));
      return true;
    } catch (IllegalArgumentException unknown) {
      return false;
    }
  }
}
