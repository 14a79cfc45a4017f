/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;

/**
 * The agent's door: what the JVM and the command line call.
 *
 * <p>Besides {@link AgentLoader} and its {@link Library} the only class of ours on the
 * application's class path. It never throws: an agent that cannot start says one line and steps
 * aside.
 */
public final class VitalsAgent {
  private static final String[] OFF_SWITCHES = {"vitals.enabled", "otel.javaagent.enabled"};

  private VitalsAgent() {}

  /** Called by the JVM before {@code main}, on the main thread. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    start(arguments, instrumentation, false);
  }

  /** Called by the JVM when the agent is attached to a running one. */
  public static void agentmain(String arguments, Instrumentation instrumentation) {
    start(arguments, instrumentation, true);
  }

  /** The command line of the jar. */
  public static void main(String[] arguments) throws Exception {
    try {
      Object code =
          load("io.vitals.agent.attach.CommandLine")
              .getMethod("run", String[].class, File.class)
              .invoke(null, arguments, jar());
      System.exit((Integer) code);
    } catch (InvocationTargetException failed) {
      System.err.println("vitals: " + failed.getCause());
      System.exit(1);
    }
  }

  private static void start(String arguments, Instrumentation instrumentation, boolean late) {
    try {
      long startNanos = System.nanoTime();
      if (!isOn(arguments)) {
        return;
      }
      load("io.vitals.agent.Starter")
          .getMethod(
              "start", String.class, Instrumentation.class, File.class, long.class, boolean.class)
          .invoke(null, arguments, instrumentation, jar(), startNanos, late);
    } catch (Throwable failed) {
      Throwable cause = failed instanceof InvocationTargetException ? failed.getCause() : failed;
      System.err.println("vitals: not started, the application runs without it: " + cause);
    }
  }

  /** Whether no switch says false: agent arguments first, then properties, then environment. */
  private static boolean isOn(String arguments) {
    for (String name : OFF_SWITCHES) {
      String value = argument(arguments, name);
      if (value == null) {
        value = System.getProperty(name);
      }
      if (value == null) {
        value = System.getenv(name.replace('.', '_').toUpperCase(java.util.Locale.ROOT));
      }
      if (value != null && value.trim().equalsIgnoreCase("false")) {
        return false;
      }
    }
    return true;
  }

  private static String argument(String arguments, String name) {
    if (arguments == null) {
      return null;
    }
    int at = arguments.startsWith(name + "=") ? 0 : arguments.indexOf(";" + name + "=") + 1;
    if (at == 0 && !arguments.startsWith(name + "=")) {
      return null;
    }
    int end = arguments.indexOf(';', at);
    return arguments.substring(at + name.length() + 1, end < 0 ? arguments.length() : end);
  }

  private static File jar() throws Exception {
    return new File(VitalsAgent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static Class<?> load(String name) throws Exception {
    return AgentLoader.of(jar()).loadClass(name);
  }
}
