/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes protobuf messages (protobuf.dev/programming-guides/encoding) from their end to their
 * beginning, so that the length of what is inside is known when it has to be written and nothing is
 * measured or copied twice.
 *
 * <p>A message is: take {@link #size} as a mark, write its fields from the last to the first, then
 * {@link #message} with the mark. Not thread-safe. Cost: no allocation but for the buffer, which
 * doubles when it is full, and for text outside ASCII.
 */
public final class ProtoWriter {
  /** A batch of 512 spans has 200 KB. */
  private static final int FIRST_CAPACITY = 64 * 1024;

  /** What is kept for the next batch; more was needed for stack traces. */
  private static final int MOST_KEPT = 1024 * 1024;

  /** A segment of OkHttp, which it has in a pool as long as few are under way. */
  private static final int PIECE = 8 * 1024;

  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED_32 = 5;

  private byte[] buffer = new byte[FIRST_CAPACITY];

  /** The index of the first byte; the last one is the buffer's. */
  private int start = FIRST_CAPACITY;

  /** How many bytes there are. */
  public int size() {
    return buffer.length - start;
  }

  /** Throws away all that was written since the mark. */
  void cutTo(int mark) {
    start = buffer.length - mark;
  }

  /** Throws away everything, for the next message. */
  public void clear() {
    if (buffer.length > MOST_KEPT) {
      buffer = new byte[FIRST_CAPACITY];
    }
    start = buffer.length;
  }

  /** Puts the bytes where they are to go, in pieces. */
  public void writeTo(OutputStream out) throws IOException {
    for (int at = start; at < buffer.length; at += PIECE) {
      out.write(buffer, at, Math.min(PIECE, buffer.length - at));
    }
  }

  byte[] toByteArray() {
    return since(0);
  }

  /** A copy of all that was written since the mark. */
  byte[] since(int mark) {
    return Arrays.copyOfRange(buffer, start, buffer.length - mark);
  }

  /** Makes a field of all that was written since the mark. */
  void message(int field, int mark) {
    length(field, size() - mark);
  }

  void varint(int field, long value) {
    varint(value);
    tag(field, VARINT);
  }

  void fixed64(int field, long value) {
    room(8);
    int at = start;
    for (int shift = 56; shift >= 0; shift -= 8) {
      buffer[--at] = (byte) (value >>> shift);
    }
    start = at;
    tag(field, FIXED_64);
  }

  void fixed32(int field, int value) {
    room(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      buffer[--start] = (byte) (value >>> shift);
    }
    tag(field, FIXED_32);
  }

  /** The eight bytes of a span id. */
  void id(int field, long id) {
    bigEndian(id);
    length(field, 8);
  }

  /** The sixteen bytes of a trace id. */
  void id(int field, long high, long low) {
    bigEndian(low);
    bigEndian(high);
    length(field, 16);
  }

  private void bigEndian(long value) {
    room(8);
    int at = start;
    for (int shift = 0; shift < 64; shift += 8) {
      buffer[--at] = (byte) (value >>> shift);
    }
    start = at;
  }

  @SuppressWarnings("deprecation")
  void string(int field, String text) {
    int length = text.length();
    if (isAscii(text)) {
      room(length);
      start -= length;
      text.getBytes(0, length, buffer, start);
      length(field, length);
    } else {
      bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** Text that is UTF-8 already. */
  void bytes(int field, byte[] utf8) {
    raw(utf8);
    length(field, utf8.length);
  }

  /** Bytes that are fields already. */
  void raw(byte[] bytes) {
    room(bytes.length);
    start -= bytes.length;
    System.arraycopy(bytes, 0, buffer, start, bytes.length);
  }

  private void length(int field, int length) {
    if ((length | field << 3) < 0x80) {
      // Nearly all of them: a byte each.
      room(2);
      int at = start - 2;
      buffer[at] = (byte) (field << 3 | BYTES);
      buffer[at + 1] = (byte) length;
      start = at;
      return;
    }
    varint(length);
    tag(field, BYTES);
  }

  private void tag(int field, int type) {
    varint((long) field << 3 | type);
  }

  private void varint(long value) {
    if ((value & ~0x7fL) == 0) {
      // Nearly all of them: keys of fields, and small numbers.
      room(1);
      buffer[--start] = (byte) value;
      return;
    }
    int size = (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + 6) / 7;
    room(size);
    start -= size;
    long rest = value;
    int at = start;
    for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
      buffer[at++] = (byte) (rest | 0x80);
    }
    buffer[at] = (byte) rest;
  }

  private void room(int more) {
    if (start < more) {
      int size = size();
      byte[] larger = new byte[Math.max(2 * buffer.length, size + more)];
      System.arraycopy(buffer, start, larger, larger.length - size, size);
      buffer = larger;
      start = larger.length - size;
    }
  }
}
