/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import java.util.Arrays;

/**
 * Attributes in the order in which they were put; refilled for every span.
 *
 * <p>Not thread-safe. Nothing is allocated once there is room.
 */
final class AttributeList {
  private Key<?>[] keys;

  /** Texts and lists of texts; null is the number beside it. */
  private Object[] values;

  private long[] numbers;
  private int size;

  AttributeList(int capacity) {
    this.keys = new Key<?>[capacity];
    this.values = new Object[capacity];
    this.numbers = new long[capacity];
  }

  /** Puts a text or a list of texts, or where that is null the number. */
  void add(Key<?> key, Object value, long number) {
    int at = size;
    if (at == keys.length) {
      keys = Arrays.copyOf(keys, 2 * at);
      values = Arrays.copyOf(values, 2 * at);
      numbers = Arrays.copyOf(numbers, 2 * at);
    }
    keys[at] = key;
    values[at] = value;
    numbers[at] = number;
    size = at + 1;
  }

  int size() {
    return size;
  }

  Key<?> key(int index) {
    return keys[index];
  }

  /** A text, or a list of texts, or null where it is a {@link #number}. */
  Object value(int index) {
    return values[index];
  }

  long number(int index) {
    return numbers[index];
  }

  void clear() {
    size = 0;
  }

  /** By the values alone: the keys that go with them are nearly always the same. */
  int hash() {
    int hash = size;
    for (int i = 0; i < size; i++) {
      Object value = values[i];
      hash = 31 * hash + (value == null ? (int) numbers[i] : value.hashCode());
    }
    return hash;
  }

  boolean same(AttributeList other) {
    if (size != other.size) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (keys[i] != other.keys[i] || numbers[i] != other.numbers[i]) {
        return false;
      }
      Object value = values[i];
      if (value != other.values[i] && (value == null || !value.equals(other.values[i]))) {
        return false;
      }
    }
    return true;
  }

  AttributeList copy() {
    AttributeList copy = new AttributeList(0);
    copy.keys = Arrays.copyOf(keys, size);
    copy.values = Arrays.copyOf(values, size);
    copy.numbers = Arrays.copyOf(numbers, size);
    copy.size = size;
    return copy;
  }
}
