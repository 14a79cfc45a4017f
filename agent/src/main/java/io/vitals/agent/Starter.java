/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent;

import io.vitals.agent.attach.Question;
import io.vitals.agent.log.LogLevel;
import io.vitals.exporter.config.Config;
import java.io.File;
import java.lang.instrument.Instrumentation;

/**
 * Starts the agent: what has to be done before {@code main} on the calling thread, the rest on one
 * of ours.
 *
 * <p>This class names no class of the bridge, because it defines that; {@link Agent} does.
 */
public final class Starter {
  private static Agent running;

  private Starter() {}

  /**
   * Starts the agent; called by the door.
   *
   * @param arguments agent options, or null
   * @param startNanos when the JVM called the door
   * @param late whether the JVM was running already
   */
  public static synchronized void start(
      String arguments, Instrumentation instrumentation, File jar, long startNanos, boolean late)
      throws Exception {
    Question question = Question.read(arguments);
    if (question != null) {
      Answers.write(question, running);
      return;
    }
    if (running != null) {
      System.err.println("vitals: is running in this JVM already; nothing changed");
      return;
    }
    Config config = Config.read(arguments);
    if (!config.enabled()) {
      return;
    }
    String usual = config.flag("otel.javaagent.debug", false) ? "debug" : "info";
    String level = config.string("vitals.log.level", usual);
    if (!LogLevel.set(level)) {
      config.problem("vitals.log.level", "trace, debug, info, warn or error", "info");
    }
    if (!Bridge.define(instrumentation)) {
      System.err.println("vitals: this run makes a class archive, so the agent stands aside");
      return;
    }
    running = new Agent(config, instrumentation, startNanos);
    running.start(late);
  }
}
