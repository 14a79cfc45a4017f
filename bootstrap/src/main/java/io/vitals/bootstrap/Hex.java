/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

/** Reads and writes ids as lower-case hexadecimal digits. */
public final class Hex {
  private static final long ONES = 0x0101010101010101L;

  /** What each character is worth; looked up, as nobody can foretell the branches of an id. */
  private static final byte[] VALUES = new byte[128];

  static {
    for (int c = 0; c < VALUES.length; c++) {
      VALUES[c] = (byte) "0123456789abcdef".indexOf(c);
    }
  }

  private Hex() {}

  /** Writes the 16 digits of {@code value} from {@code at}, and returns the index after them. */
  static int write(long value, byte[] target, int at) {
    put(digits((int) (value >>> 32)), target, at);
    put(digits((int) value), target, at + 8);
    return at + 16;
  }

  private static void put(long digits, byte[] target, int at) {
    for (int shift = 56, i = at; shift >= 0; shift -= 8, i++) {
      target[i] = (byte) (digits >>> shift);
    }
  }

  /** The eight digits at once, the first one in the highest byte. */
  private static long digits(int value) {
    long nibbles = value & 0xffffffffL;
    nibbles = (nibbles << 16 | nibbles) & 0x0000ffff0000ffffL;
    nibbles = (nibbles << 8 | nibbles) & 0x00ff00ff00ff00ffL;
    nibbles = (nibbles << 4 | nibbles) & 0x0f0f0f0f0f0f0f0fL;
    // One in each byte from ten on: only then six more are sixteen.
    long letters = (nibbles + 6 * ONES) >>> 4 & ONES;
    return nibbles + '0' * ONES + letters * ('a' - 10 - '0');
  }

  /** Whether {@code text} has {@code length} lower-case hexadecimal digits from {@code at}. */
  static boolean isHex(CharSequence text, int at, int length) {
    if (text.length() < at + length) {
      return false;
    }
    int any = 0;
    for (int i = at; i < at + length; i++) {
      any |= digit(text.charAt(i));
    }
    return any >= 0;
  }

  /** Reads {@code length} digits, 16 at most, that {@link #isHex} has seen. */
  static long read(CharSequence text, int at, int length) {
    long value = 0;
    for (int i = at; i < at + length; i++) {
      value = value << 4 | digit(text.charAt(i));
    }
    return value;
  }

  private static int digit(char c) {
    return c < VALUES.length ? VALUES[c] : -1;
  }

  /** The text of the first {@code length} Latin-1 bytes, with one copy. */
  @SuppressWarnings("deprecation")
  static String text(byte[] latin1, int length) {
    return new String(latin1, 0, 0, length);
  }

  /** The 32 digits of a trace id; for the export side. */
  public static String traceId(long high, long low) {
    byte[] digits = new byte[32];
    write(low, digits, write(high, digits, 0));
    return text(digits, digits.length);
  }

  /** The 16 digits of a span id; for the export side. */
  public static String spanId(long id) {
    byte[] digits = new byte[16];
    write(id, digits, 0);
    return text(digits, digits.length);
  }
}
