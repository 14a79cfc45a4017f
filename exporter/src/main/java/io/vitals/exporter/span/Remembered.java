/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.opentelemetry.api.common.AttributeKey;

/**
 * The content of {@code KeyValue} messages of attributes that come again and again, so that one is
 * encoded once and then copied.
 *
 * <p>A table of fixed size in which a pair has one place. One that is in use is not replaced before
 * it was missed twice in a row, so a flood of values that never come again costs no memory. Not
 * thread-safe.
 */
final class Remembered {
  private static final int PLACES = 512;

  /** Longer text, in bytes with its key, would be much to keep, and costs more to copy anyway. */
  private static final int LONGEST = 512;

  private final AttributeKey<?>[] keys = new AttributeKey<?>[PLACES];
  private final String[] texts = new String[PLACES];
  private final long[] numbers = new long[PLACES];
  private final byte[][] messages = new byte[PLACES][];
  private final boolean[] used = new boolean[PLACES];

  private static int place(AttributeKey<?> key, int value) {
    int hash = key.hashCode() * 31 + value;
    hash *= 0x9e3779b9;
    return hash >>> 23;
  }

  private static int hash(long number) {
    return (int) (number ^ number >>> 32);
  }

  /** Returns the message of key and text, or null. */
  byte[] message(AttributeKey<?> key, String text) {
    int place = place(key, text.hashCode());
    if (keys[place] == key) {
      String known = texts[place];
      if (known == text || text.equals(known)) {
        used[place] = true;
        return messages[place];
      }
    }
    return null;
  }

  /** Returns the message of key and number, or null. */
  byte[] message(AttributeKey<?> key, long number) {
    int place = place(key, hash(number));
    if (keys[place] == key && numbers[place] == number && texts[place] == null) {
      used[place] = true;
      return messages[place];
    }
    return null;
  }

  /** Keeps what was written since the mark as the message of key and text. */
  void keep(AttributeKey<?> key, String text, ProtoWriter out, int mark) {
    keep(place(key, text.hashCode()), key, text, 0, out, mark);
  }

  /** Keeps what was written since the mark as the message of key and number. */
  void keep(AttributeKey<?> key, long number, ProtoWriter out, int mark) {
    keep(place(key, hash(number)), key, null, number, out, mark);
  }

  private void keep(
      int place, AttributeKey<?> key, String text, long number, ProtoWriter out, int mark) {
    if (used[place]) {
      used[place] = false;
      return;
    }
    if (out.size() - mark > LONGEST) {
      return;
    }
    keys[place] = key;
    texts[place] = text;
    numbers[place] = number;
    messages[place] = out.since(mark);
  }
}
