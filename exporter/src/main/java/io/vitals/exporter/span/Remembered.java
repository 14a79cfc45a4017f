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
 * <p>A table of fixed size in which a pair has two places. One that is new or in use is not
 * replaced before something else was to be kept in its stead twice in a row, so a flood of values
 * that never come again costs no memory. Not thread-safe.
 */
final class Remembered {
  private static final int BITS = 10;
  private static final int PLACES = 1 << BITS;

  /** Longer text, in bytes with its key, would be much to keep, and costs more to copy anyway. */
  private static final int LONGEST = 512;

  private final AttributeKey<?>[] keys = new AttributeKey<?>[PLACES];
  private final String[] texts = new String[PLACES];
  private final long[] numbers = new long[PLACES];
  private final byte[][] messages = new byte[PLACES][];
  private final boolean[] used = new boolean[PLACES];

  /** The first of the two places of a pair; by names, so that it is the same in each process. */
  private static int place(AttributeKey<?> key, int value) {
    int hash = key.getKey().hashCode() * 31 + value;
    hash *= 0x9e3779b9;
    return hash >>> Integer.SIZE - BITS & ~1;
  }

  private static int hash(long number) {
    return (int) (number ^ number >>> 32);
  }

  /** Returns the message of key and text, or null. */
  byte[] message(AttributeKey<?> key, String text) {
    int place = place(key, text.hashCode());
    return has(place, key, text) ? use(place) : has(place + 1, key, text) ? use(place + 1) : null;
  }

  private boolean has(int place, AttributeKey<?> key, String text) {
    return keys[place] == key && text.equals(texts[place]);
  }

  /** Returns the message of key and number, or null. */
  byte[] message(AttributeKey<?> key, long number) {
    int place = place(key, hash(number));
    return has(place, key, number)
        ? use(place)
        : has(place + 1, key, number) ? use(place + 1) : null;
  }

  private boolean has(int place, AttributeKey<?> key, long number) {
    return keys[place] == key && numbers[place] == number && texts[place] == null;
  }

  private byte[] use(int place) {
    used[place] = true;
    return messages[place];
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
      int first, AttributeKey<?> key, String text, long number, ProtoWriter out, int mark) {
    int place = used[first] ? first + 1 : first;
    if (used[place]) {
      used[first] = false;
      used[first + 1] = false;
      return;
    }
    if (out.size() - mark > LONGEST) {
      return;
    }
    keys[place] = key;
    texts[place] = text;
    numbers[place] = number;
    used[place] = true;
    messages[place] = out.since(mark);
  }
}
