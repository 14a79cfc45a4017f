/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.log;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives loggers to those who may be the first to want one.
 *
 * <p>SLF4J finds its back end when it is first asked. A second thread that asks meanwhile gets a
 * logger that keeps its lines to itself, and the console a warning; so whoever starts threads asks
 * here before, and so does who may run at any time.
 */
public final class Loggers {
  private Loggers() {}

  /** The logger of a class; waits for another thread that is the first. */
  public static synchronized Logger of(Class<?> type) {
    return LoggerFactory.getLogger(type);
  }
}
