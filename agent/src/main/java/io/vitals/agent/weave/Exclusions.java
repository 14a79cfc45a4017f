/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.weave;

import java.util.List;

/** Classes and class loaders that the user keeps from being woven; they win over any hook. */
public final class Exclusions {
  private final List<String> classes;
  private final List<String> loaders;

  /**
   * Makes exclusions of {@code otel.javaagent.exclude-classes} and {@code
   * otel.javaagent.exclude-class-loaders}: names that may end in {@code *}.
   */
  public Exclusions(List<String> classes, List<String> loaders) {
    this.classes = classes;
    this.loaders = loaders;
  }

  boolean excludes(ClassLoader loader, String internalName) {
    return !classes.isEmpty() && isOneOf(classes, internalName.replace('/', '.'))
        || loader != null && !loaders.isEmpty() && isOneOf(loaders, loader.getClass().getName());
  }

  private static boolean isOneOf(List<String> patterns, String name) {
    for (String pattern : patterns) {
      int end = pattern.length() - 1;
      if (end >= 0 && pattern.charAt(end) == '*'
          ? name.startsWith(pattern.substring(0, end))
          : name.equals(pattern)) {
        return true;
      }
    }
    return false;
  }
}
