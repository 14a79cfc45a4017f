/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.log.jul;

/** Stands in for {@code java.util.logging.Level} in the agent's libraries. */
public final class Level {
  /** An error. */
  public static final Level SEVERE = new Level("SEVERE", 1000, org.slf4j.event.Level.ERROR);

  /** A warning. */
  public static final Level WARNING = new Level("WARNING", 900, org.slf4j.event.Level.WARN);

  /** Information. */
  public static final Level INFO = new Level("INFO", 800, org.slf4j.event.Level.INFO);

  /** Configuration. */
  public static final Level CONFIG = new Level("CONFIG", 700, org.slf4j.event.Level.DEBUG);

  /** For those who search for a fault. */
  public static final Level FINE = new Level("FINE", 500, org.slf4j.event.Level.DEBUG);

  /** More of the same. */
  public static final Level FINER = new Level("FINER", 400, org.slf4j.event.Level.TRACE);

  /** Everything. */
  public static final Level FINEST = new Level("FINEST", 300, org.slf4j.event.Level.TRACE);

  /** All levels. */
  public static final Level ALL = new Level("ALL", Integer.MIN_VALUE, org.slf4j.event.Level.TRACE);

  /** No level. */
  public static final Level OFF = new Level("OFF", Integer.MAX_VALUE, org.slf4j.event.Level.ERROR);

  private final String name;
  private final int value;
  private final org.slf4j.event.Level slf4j;

  private Level(String name, int value, org.slf4j.event.Level slf4j) {
    this.name = name;
    this.value = value;
    this.slf4j = slf4j;
  }

  org.slf4j.event.Level slf4j() {
    return slf4j;
  }

  /** The name. */
  public String getName() {
    return name;
  }

  /** The rank. */
  public int intValue() {
    return value;
  }

  @Override
  public String toString() {
    return name;
  }
}
