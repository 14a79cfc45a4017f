/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import java.util.Arrays;

/**
 * Gives the text of Latin-1 bytes that come again and again, such as a host's name or a client's,
 * without making it each time.
 *
 * <p>Any thread may call. A place holds the text that was asked for last; threads that race put the
 * same text or another valid one there. Cost: one walk through the bytes, and no allocation if the
 * text is there.
 */
public final class FewTexts {
  /** Hosts and clients of one process are few; 128 texts of the longest kind are 80 KB. */
  static final int PLACES = 128;

  /** Longer ones are seldom the same twice, and would take a longer walk than the copy. */
  static final int LONGEST = 256;

  private static final FewTexts[] TABLE = new FewTexts[PLACES];

  private final String text;
  private final byte[] bytes;

  @SuppressWarnings("deprecation")
  private FewTexts(byte[] bytes) {
    this.bytes = bytes;
    this.text = new String(bytes, 0);
  }

  /** The text of {@code length} bytes from {@code start}. */
  @SuppressWarnings("deprecation")
  public static String of(byte[] bytes, int start, int length) {
    if (length == 0 || length > LONGEST) {
      return new String(bytes, 0, start, length);
    }
    int place = place(bytes, start, length);
    FewTexts known = TABLE[place];
    if (known == null || !same(known.bytes, bytes, start, length)) {
      known = new FewTexts(Arrays.copyOfRange(bytes, start, start + length));
      TABLE[place] = known;
    }
    return known.text;
  }

  /** By the length and four bytes: names of clients differ in their versions, near the end. */
  private static int place(byte[] bytes, int start, int length) {
    int last = start + length - 1;
    int hash = length;
    hash = 31 * hash + bytes[start];
    hash = 31 * hash + bytes[start + (length >> 1)];
    hash = 31 * hash + bytes[last - (length >> 2)];
    hash = 31 * hash + bytes[last];
    return (hash ^ hash >>> 7) & PLACES - 1;
  }

  /** Byte by byte, as those of a text cannot be had without a copy. */
  private static boolean same(byte[] known, byte[] bytes, int start, int length) {
    if (known.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (known[i] != bytes[start + i]) {
        return false;
      }
    }
    return true;
  }
}
