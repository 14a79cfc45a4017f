/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A JDK that programs are started with.
 *
 * @param home what its {@code JAVA_HOME} would be
 * @param version its feature number, for example 8 or 25
 */
record Jdk(Path home, int version) {
  /** Names the folder of the matrix, with {@code jdk-8}, {@code jdk-11} and so on. */
  static final String FOLDER_PROPERTY = "vitals.jdks";

  /** The JDK that runs this. */
  static Jdk running() {
    return new Jdk(Path.of(System.getProperty("java.home")), Runtime.version().feature());
  }

  /** The JDK of that version; fails with what to do if the machine lacks it. */
  static Jdk version(int version) {
    if (version == running().version) {
      return running();
    }
    String folder = System.getProperty(FOLDER_PROPERTY, "");
    if (folder.isBlank()) {
      folder = System.getenv().getOrDefault("VITALS_JDKS", "");
    }
    String how =
        "JDK "
            + version
            + " is needed for the matrix: give a folder with jdk-8, jdk-11, jdk-17, jdk-21, jdk-25"
            + " and jdk-26 as -Dvitals.jdks=DIR or VITALS_JDKS=DIR (.ci/run makes one)";
    if (folder.isBlank()) {
      throw new IllegalStateException(how);
    }
    Path home = Path.of(folder, "jdk-" + version);
    if (!Files.isExecutable(home.resolve("bin/java"))) {
      throw new IllegalStateException(how + "; there is no " + home + "/bin/java");
    }
    return new Jdk(home, version);
  }

  /** The path of one of its programs, such as {@code java}. */
  String tool(String name) {
    return home.resolve("bin").resolve(name).toString();
  }
}
