/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.resource;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What the JDK says of this process where there is no {@code /proc}. */
final class ProcessFacts {
  private ProcessFacts() {}

  /** By {@code ProcessHandle} (9 on), else by the name of the JVM (8), else 0. */
  static long pid() {
    try {
      Object handle = handle();
      return (Long) Class.forName("java.lang.ProcessHandle").getMethod("pid").invoke(handle);
    } catch (ReflectiveOperationException | RuntimeException onJava8) {
      return pidByName();
    }
  }

  private static long pidByName() {
    try {
      String name = ManagementFactory.getRuntimeMXBean().getName();
      return Long.parseLong(name.substring(0, name.indexOf('@')));
    } catch (RuntimeException | LinkageError noManagement) {
      return 0;
    }
  }

  /** The command and its arguments, none if the system does not tell. */
  static List<String> arguments() {
    try {
      Object info = Class.forName("java.lang.ProcessHandle").getMethod("info").invoke(handle());
      Method read = Class.forName("java.lang.ProcessHandle$Info").getMethod("arguments");
      Object arguments = ((Optional<?>) read.invoke(info)).orElse(null);
      return arguments instanceof String[]
          ? Arrays.asList((String[]) arguments)
          : Collections.<String>emptyList();
    } catch (ReflectiveOperationException | RuntimeException onJava8) {
      return Collections.emptyList();
    }
  }

  private static Object handle() throws ReflectiveOperationException {
    return Class.forName("java.lang.ProcessHandle").getMethod("current").invoke(null);
  }
}
