/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The classes that a JVM loaded, in their order, from its own log.
 *
 * @param entries each class with where it came from
 */
record LoadedClasses(List<Entry> entries) {
  /**
   * One loaded class.
   *
   * @param source for example {@code jrt:/java.base}, {@code shared objects file}, a jar
   * @param thread the system's id of the thread that loaded it
   */
  record Entry(String name, String source, String thread) {
    /** Whether it came out of the class-data archive or the AOT cache. */
    boolean shared() {
      return source.startsWith("shared objects file");
    }
  }

  /** The flag that makes a JVM from 9 on write the log. */
  static String flag(Path file) {
    return "-Xlog:class+load:file=" + file + ":tid";
  }

  static LoadedClasses read(Path file) {
    List<Entry> entries = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        // [4711] java.lang.Object source: shared objects file
        int source = line.indexOf(" source: ");
        if (source > 0) {
          int name = line.indexOf("] ") + 2;
          entries.add(
              new Entry(
                  line.substring(name, source),
                  line.substring(source + " source: ".length()),
                  line.substring(0, name)));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("no log of loaded classes", e);
    }
    return new LoadedClasses(entries);
  }

  /** Those loaded before the class of that name. */
  LoadedClasses before(String name) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).name().equals(name)) {
        return new LoadedClasses(entries.subList(0, i));
      }
    }
    throw new AssertionError(name + " was not loaded");
  }

  /** How many the main thread has loaded, which is the one that began. */
  long countOfMainThread() {
    String main = entries.get(0).thread();
    return count(entry -> entry.thread().equals(main));
  }

  long count(Predicate<Entry> condition) {
    return entries.stream().filter(condition).count();
  }

  /** The names of those that fulfil the condition. */
  List<String> names(Predicate<Entry> condition) {
    return entries.stream().filter(condition).map(Entry::name).toList();
  }
}
