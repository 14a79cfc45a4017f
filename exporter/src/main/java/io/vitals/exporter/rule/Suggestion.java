/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import java.util.Collection;
import java.util.Locale;

/** Finds the name that somebody may have meant. */
final class Suggestion {
  /** The longest name there is has 45 characters; what is much longer is none. */
  private static final int LONGEST = 80;

  private Suggestion() {}

  /** {@code did you mean X?}, or {@code otherwise} if nothing is near. */
  static String of(String written, Collection<String> names, String otherwise) {
    String nearest = nearest(written, names);
    return nearest == null ? otherwise : "'" + nearest + "', if that was meant";
  }

  private static String nearest(String written, Collection<String> names) {
    if (written.length() > LONGEST) {
      return null;
    }
    String lower = written.toLowerCase(Locale.ROOT);
    String nearest = null;
    int least = 1 + Math.max(1, written.length() / 3);
    for (String name : names) {
      if (Math.abs(lower.length() - name.length()) < least) {
        int distance = distance(lower, name, least);
        if (distance < least) {
          least = distance;
          nearest = name;
        }
      }
    }
    return nearest;
  }

  /** How many characters have to be added, removed or changed (Levenshtein), or too many. */
  private static int distance(String a, String b, int tooMany) {
    int[] before = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      int least = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(changed, 1 + Math.min(before[j], row[j - 1]));
        least = Math.min(least, row[j]);
      }
      if (least >= tooMany) {
        return tooMany;
      }
      int[] swap = before;
      before = row;
      row = swap;
    }
    return before[b.length()];
  }
}
