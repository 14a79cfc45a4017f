/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.instrument.Instrumentation;

/**
 * Defines the classes of {@code bootstrap} into {@code java.lang}, where woven code of every class
 * loader finds them.
 *
 * <p>Defining instead of appending to the boot class path keeps class-data sharing; see the
 * module's RATIONALE. Where the door is shut the agent cannot start.
 */
final class Bridge {
  /** Number of classes, then name, length and bytes of each, supertypes first. */
  private static final String RESOURCE = "bridge";

  /** The way into {@code java.lang} that a JDK offers. */
  interface Door {
    /** Defines a class of {@code java.lang}. */
    void define(String internalName, byte[] bytes) throws Exception;

    /**
     * Whether this run makes a CDS archive or an AOT cache: what is woven would be missing from it.
     */
    boolean isMakingArchive();
  }

  private Bridge() {}

  /**
   * Defines the bridge, unless an earlier start did.
   *
   * @return false if the agent has to stand aside
   */
  static boolean define(Instrumentation instrumentation) throws Exception {
    try {
      Class.forName("java.lang.VitalsProbe", false, null);
      return true;
    } catch (ClassNotFoundException notYet) {
      // The usual case.
    }
    Door door = isBeforeModules() ? new UnsafeDoor() : moduleDoor(instrumentation);
    if (door.isMakingArchive()) {
      return false;
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(Resources.read(RESOURCE)));
    for (int left = in.readInt(); left > 0; left--) {
      String name = in.readUTF();
      door.define(name, next(in));
    }
    return true;
  }

  static boolean isBeforeModules() {
    return System.getProperty("java.specification.version", "").startsWith("1.");
  }

  /** By name, because it is bytecode of Java 9. */
  private static Door moduleDoor(Instrumentation instrumentation) throws Exception {
    return (Door)
        Class.forName("io.vitals.agent.ModuleDoor")
            .getDeclaredConstructor(Instrumentation.class)
            .newInstance(instrumentation);
  }

  private static byte[] next(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }
}
