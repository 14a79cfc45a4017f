/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JDK that the programs are started with.
 *
 * @param home what its {@code JAVA_HOME} would be
 * @param version its feature number
 */
record Jdk(Path home, int version) {
  /** Names a folder with {@code jdk-17}, {@code jdk-25} and {@code jdk-26}. */
  static final String FOLDER_PROPERTY = "vitals.jdks";

  /** The oldest that the programs run on, and those with an AOT cache made in one step. */
  private static final int[] MATRIX = {17, 25, 26};

  /** Requests cost on it what they cost on the one before. */
  private static final int FOR_STARTS_ALONE = 26;

  static Jdk running() {
    return new Jdk(Path.of(System.getProperty("java.home")), Runtime.version().feature());
  }

  /** The running one, and 17, 25 and 26 if the folder is given. */
  static List<Jdk> all() {
    List<Jdk> all = new ArrayList<>(List.of(running()));
    String folder = System.getProperty(FOLDER_PROPERTY, "");
    if (folder.isBlank()) {
      folder = System.getenv().getOrDefault("VITALS_JDKS", "");
    }
    for (int version : MATRIX) {
      if (!folder.isBlank() && version != running().version) {
        Path home = Path.of(folder, "jdk-" + version).toAbsolutePath();
        if (!Files.isExecutable(home.resolve("bin/java"))) {
          throw new IllegalStateException(
              "-D" + FOLDER_PROPERTY + "=" + folder + ": there is no " + home + "/bin/java");
        }
        all.add(new Jdk(home, version));
      }
    }
    return all;
  }

  /** Whether load is served on it where it is served on every JDK. */
  boolean serves() {
    return version != FOR_STARTS_ALONE || equals(running());
  }

  String java() {
    return home.resolve("bin/java").toString();
  }

  /** Vendor and build, as its file {@code release} tells. */
  String description() {
    try {
      String release = Files.readString(home.resolve("release")).replace("=", ":");
      return "JDK "
          + Proc.text(release, "JAVA_RUNTIME_VERSION").replace("\"", "")
          + " ("
          + Proc.text(release, "IMPLEMENTOR").replace("\"", "")
          + ")";
    } catch (IOException | IllegalArgumentException notTold) {
      return "JDK " + version;
    }
  }
}
