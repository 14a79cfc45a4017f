/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.extension;

import java.util.Collections;
import java.util.List;

/**
 * What an extension jar brings: metrics of its own, and types of channels of its own.
 *
 * <p>Found by {@link java.util.ServiceLoader}: it has a public constructor without parameters. It
 * is made once, some time after the application's {@code main} has begun, never before. What it
 * throws costs one line of the log, what it cannot give for a moment is missing for that moment;
 * the agent and all other extensions go on.
 */
public interface Extension {
  /**
   * The name by which messages call it, and the instrumentation scope of its metrics; asked once.
   *
   * @return 1 to 64 letters, digits, {@code -}, {@code _} and {@code .}, such as {@code shop}
   */
  String name();

  /** The metrics that {@link #measure} gives, 100 at most; asked once. */
  default List<MetricDefinition> metrics() {
    return Collections.emptyList();
  }

  /**
   * Gives the values of the moment, once whenever rules are evaluated (every 10 seconds, or as the
   * shortest interval of a group of rules says).
   *
   * <p>Runs on a thread of this extension's own, with a stack of 256 KB; never twice at once. Rules
   * wait 100 ms for it. One that takes longer is named in the log once; its values count from the
   * next evaluation on, and nobody waits for it any more until it is fast again. If it throws, no
   * value of that call counts.
   */
  default void measure(Measurements into) throws Exception {}

  /** The types of channels that the alerts file may name; asked once. */
  default List<ChannelType> channels() {
    return Collections.emptyList();
  }
}
