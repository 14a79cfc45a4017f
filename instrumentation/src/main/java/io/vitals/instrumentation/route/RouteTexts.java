/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.route;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Texts of routes, each made of two parts when they first come together.
 *
 * <p>Bounded; a text that finds no place is made again each time. Cost of one that is kept: the
 * hashes of its parts, which strings keep too, and a comparison or two.
 */
public final class RouteTexts {
  /** Texts kept, a power of two: what a large application has; 70 KB and the texts when full. */
  private static final int SLOTS = 2048;

  private static final int PROBES = 8;

  /** Each a left part, a right part, and the text made of them. */
  private final AtomicReferenceArray<String[]> kept = new AtomicReferenceArray<>(SLOTS);

  private final boolean slashAtEnd;

  /**
   * Makes an empty table.
   *
   * @param slashAtEnd whether a route keeps the slash that its pattern ends with
   */
  RouteTexts(boolean slashAtEnd) {
    this.slashAtEnd = slashAtEnd;
  }

  /** Puts a path below another, with one slash between. A lost race makes a text once more. */
  String join(String left, String right) {
    int hash = 31 * left.hashCode() + right.hashCode();
    hash ^= hash >>> 16;
    for (int i = 0; i < PROBES; i++) {
      int slot = (hash + i) & (SLOTS - 1);
      String[] there = kept.get(slot);
      if (there == null) {
        there = new String[] {left, right, text(left, right)};
        kept.set(slot, there);
      }
      if (there[1].equals(right) && there[0].equals(left)) {
        return there[2];
      }
    }
    return text(left, right);
  }

  private String text(String left, String right) {
    int leftEnd = left.endsWith("/") ? left.length() - 1 : left.length();
    int rightStart = right.startsWith("/") ? 1 : 0;
    int rightEnd = right.length();
    if (!slashAtEnd) {
      while (rightEnd > rightStart && right.charAt(rightEnd - 1) == '/') {
        rightEnd--;
      }
      if (rightEnd == rightStart) {
        return left.substring(0, leftEnd);
      }
    }
    return left.substring(0, leftEnd) + '/' + right.substring(rightStart, rightEnd);
  }
}
