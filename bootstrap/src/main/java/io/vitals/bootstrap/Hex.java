/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

/** Reads and writes ids as lower-case hexadecimal digits. */
public final class Hex {
  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private Hex() {}

  /** Writes the 16 digits of {@code value} from {@code at}, and returns the index after them. */
  static int write(long value, byte[] target, int at) {
    for (int shift = 60, i = at; shift >= 0; shift -= 4, i++) {
      target[i] = DIGITS[(int) (value >>> shift) & 0xf];
    }
    return at + 16;
  }

  /** Whether {@code text} has {@code length} lower-case hexadecimal digits from {@code at}. */
  static boolean isHex(CharSequence text, int at, int length) {
    if (text.length() < at + length) {
      return false;
    }
    for (int i = at; i < at + length; i++) {
      if (digit(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
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
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
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
