/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/**
 * The class path of the forked programs: jars only, because class-data archives take no folders,
 * and nothing of an agent's libraries, which an agent might instrument.
 */
final class ClassPath {
  /** Names the jar of this module. */
  static final String JAR_PROPERTY = "vitals.benchmarks.jar";

  /** What this program was started with, whatever its forks were told since. */
  private static final String RUNNING = System.getProperty("java.class.path");

  private static final List<String> LIBRARIES =
      List.of(
          "tomcat-",
          "h2-",
          "HikariCP-",
          "slf4j-",
          "HdrHistogram-",
          "jctools-core-",
          "jmh-core-",
          "byte-buddy-",
          "jopt-simple-",
          "commons-math3-");

  private ClassPath() {}

  /** With Vitals' own classes, whose parts benchmarks measure. */
  static String ofThisProgram() {
    return RUNNING;
  }

  static String ofPrograms() {
    String jar = System.getProperty(JAR_PROPERTY, "");
    if (!new File(jar).isFile()) {
      throw new IllegalStateException(
          "-D" + JAR_PROPERTY + " must name the jar of this module, not \"" + jar + "\"");
    }
    return of(jar, RUNNING);
  }

  static String of(String jar, String running) {
    List<String> path = new ArrayList<>();
    path.add(new File(jar).getAbsolutePath());
    for (String entry : running.split(File.pathSeparator)) {
      String name = new File(entry).getName();
      if (name.endsWith(".jar") && LIBRARIES.stream().anyMatch(name::startsWith)) {
        path.add(new File(entry).getAbsolutePath());
      }
    }
    return String.join(File.pathSeparator, path);
  }
}
