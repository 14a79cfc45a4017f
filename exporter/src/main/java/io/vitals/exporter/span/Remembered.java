/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

/**
 * What common attributes look like on the wire, so that they are encoded once and then copied.
 *
 * <p>A table of fixed size in which each has two places. What is new or in use is not replaced
 * before something else was to be kept in its stead twice in a row, so a flood of values that never
 * come again costs no memory. Not thread-safe.
 */
final class Remembered {
  private static final int BITS = 10;
  private static final int PLACES = 1 << BITS;

  /** Longer ones would be much to keep, and have a text that costs more to copy anyway. */
  private static final int LONGEST = 1024;

  private final AttributeList[] attributes = new AttributeList[PLACES];
  private final byte[][] messages = new byte[PLACES][];
  private final boolean[] used = new boolean[PLACES];

  /** The first of the two places. */
  private static int place(AttributeList of) {
    return of.hash() * 0x9e3779b9 >>> Integer.SIZE - BITS & ~1;
  }

  /** Returns the bytes, or null. */
  byte[] message(AttributeList of) {
    int place = place(of);
    if (!has(place, of)) {
      place++;
      if (!has(place, of)) {
        return null;
      }
    }
    used[place] = true;
    return messages[place];
  }

  private boolean has(int place, AttributeList of) {
    AttributeList known = attributes[place];
    return known != null && known.same(of);
  }

  /** Keeps what was written since the mark as the bytes of the attributes. */
  void keep(AttributeList of, ProtoWriter out, int mark) {
    int first = place(of);
    int place = used[first] ? first + 1 : first;
    if (used[place]) {
      used[first] = false;
      used[first + 1] = false;
      return;
    }
    if (out.size() - mark > LONGEST) {
      return;
    }
    attributes[place] = of.copy();
    used[place] = true;
    messages[place] = out.since(mark);
  }
}
