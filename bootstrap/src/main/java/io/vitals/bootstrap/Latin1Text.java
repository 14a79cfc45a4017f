/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

/** Reads Latin-1 bytes of somebody's buffer as text, without a copy. Confined to its thread. */
final class Latin1Text implements CharSequence {
  private byte[] bytes;
  private int start;
  private int length;

  /** Shows {@code length} bytes from {@code start}, until {@link #clear}. */
  void set(byte[] bytes, int start, int length) {
    this.bytes = bytes;
    this.start = start;
    this.length = length;
  }

  /** Forgets the buffer. */
  void clear() {
    bytes = null;
    length = 0;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    return (char) (bytes[start + index] & 0xff);
  }

  @Override
  public CharSequence subSequence(int from, int to) {
    return toString().substring(from, to);
  }

  @Override
  @SuppressWarnings("deprecation")
  public String toString() {
    return new String(bytes, 0, start, length);
  }
}
