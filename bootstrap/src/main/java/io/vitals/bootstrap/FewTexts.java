/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

/**
 * Gives the text of Latin-1 bytes that come again and again, such as a host's name or a client's,
 * without making it each time.
 *
 * <p>Any thread may call. A place holds the text that was asked for last; threads that race put the
 * same text or another valid one there. Cost: one walk through the bytes, and no allocation if the
 * text is there.
 */
public final class FewTexts {
  /** Hosts and clients of one process are few; 128 texts of the longest kind are 40 KB. */
  static final int PLACES = 128;

  /** Longer ones are seldom the same twice, and would take a longer walk than the copy. */
  static final int LONGEST = 256;

  private static final String[] TABLE = new String[PLACES];

  private FewTexts() {}

  /** The text of {@code length} bytes from {@code start}. */
  @SuppressWarnings("deprecation")
  public static String of(byte[] bytes, int start, int length) {
    if (length == 0 || length > LONGEST) {
      return new String(bytes, 0, start, length);
    }
    int place = place(bytes, start, length);
    String text = TABLE[place];
    if (text == null || !same(text, bytes, start, length)) {
      text = new String(bytes, 0, start, length);
      TABLE[place] = text;
    }
    return text;
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

  private static boolean same(String text, byte[] bytes, int start, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != (char) (bytes[start + i] & 0xff)) {
        return false;
      }
    }
    return true;
  }
}
