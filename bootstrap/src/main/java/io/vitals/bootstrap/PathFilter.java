/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

/** Matches request paths against patterns that may begin or end with {@code *}. */
public final class PathFilter {
  /** Matches nothing. */
  public static final PathFilter NONE = new PathFilter(new String[0]);

  private final String[] patterns;

  /** Makes a filter of patterns such as {@code /health*}, {@code *.css} or {@code /ping}. */
  public PathFilter(String[] patterns) {
    this.patterns = patterns;
  }

  /** Whether there is anything to match. */
  public boolean isEmpty() {
    return patterns.length == 0;
  }

  /** Whether one of the patterns matches the whole path. */
  public boolean matches(String path) {
    if (path == null) {
      return false;
    }
    for (String pattern : patterns) {
      if (matches(pattern, path)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String pattern, String path) {
    int length = pattern.length();
    if (length > 0 && pattern.charAt(length - 1) == '*') {
      return path.regionMatches(0, pattern, 0, length - 1) && path.length() >= length - 1;
    }
    if (length > 0 && pattern.charAt(0) == '*') {
      return path.length() >= length - 1
          && path.regionMatches(path.length() - length + 1, pattern, 1, length - 1);
    }
    return pattern.equals(path);
  }
}
