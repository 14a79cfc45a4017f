/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.peer;

/** Walks over the fields of a protobuf message (protobuf.dev/programming-guides/encoding). */
final class Wire {
  private final byte[] bytes;
  private final int end;
  private int at;
  private int field;
  private long value;
  private int from;

  Wire(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /** Goes to the next field; false at the end of the message. */
  boolean next() {
    if (at >= end) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    int type = (int) tag & 7;
    value = type == 0 ? varint() : 0;
    int length =
        switch (type) {
          case 0 -> 0;
          case 1 -> 8;
          case 2 -> (int) varint();
          case 5 -> 4;
          default -> throw new IllegalArgumentException("no protobuf: wire type " + type);
        };
    from = at;
    at += length;
    if (length < 0 || at > end) {
      throw new IllegalArgumentException("no protobuf: field " + field + " goes beyond the end");
    }
    return true;
  }

  int field() {
    return field;
  }

  /** The value of a varint field. */
  long value() {
    return value;
  }

  /** Where the field's content begins. */
  int from() {
    return from;
  }

  /** Where the field's content ends. */
  int to() {
    return at;
  }

  private long varint() {
    long number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= end) {
        throw new IllegalArgumentException("no protobuf: a number goes beyond the end");
      }
      byte part = bytes[at++];
      number |= (long) (part & 0x7f) << shift;
      if (part >= 0) {
        return number;
      }
    }
    throw new IllegalArgumentException("no protobuf: a number of more than 64 bits");
  }
}
