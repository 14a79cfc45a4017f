/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.vitals.exporter.config.OneLine;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a backend says of a batch that it took: how many items it rejected, and why.
 *
 * <p>The responses of all signals look alike: field 1 is {@code partial_success}, and in it field 1
 * is the number of rejected items and field 2 a message for people (OTLP 1.11, {@code
 * Export*ServiceResponse}). A body that is no such message says nothing: many a backend answers 200
 * with a text.
 */
final class PartialSuccess {
  static final PartialSuccess NONE = new PartialSuccess(0, "");

  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED_32 = 5;

  /** How many items were rejected. */
  final long rejected;

  /** Why, in one line, or empty. */
  final String message;

  private PartialSuccess(long rejected, String message) {
    this.rejected = rejected;
    this.message = message;
  }

  /** Reads the body of a response. */
  static PartialSuccess read(byte[] response) {
    try {
      PartialSuccess found = NONE;
      for (ByteBuffer in = ByteBuffer.wrap(response); in.hasRemaining(); ) {
        long tag = varint(in);
        if (tag == (1 << 3 | BYTES)) {
          found = readInner(bytes(in));
        } else {
          skip(in, tag);
        }
      }
      return found;
    } catch (BufferUnderflowException | IllegalArgumentException otherFormat) {
      return NONE;
    }
  }

  private static PartialSuccess readInner(ByteBuffer in) {
    long rejected = 0;
    String message = "";
    while (in.hasRemaining()) {
      long tag = varint(in);
      if (tag == (1 << 3 | VARINT)) {
        rejected = Math.max(0, varint(in));
      } else if (tag == (2 << 3 | BYTES)) {
        message = OneLine.of(StandardCharsets.UTF_8.decode(bytes(in)).toString());
      } else {
        skip(in, tag);
      }
    }
    return new PartialSuccess(rejected, message);
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than 64 bits");
  }

  private static ByteBuffer bytes(ByteBuffer in) {
    long length = varint(in);
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer bytes = in.slice();
    bytes.limit((int) length);
    in.position(in.position() + (int) length);
    return bytes;
  }

  private static void skip(ByteBuffer in, long tag) {
    switch ((int) tag & 7) {
      case VARINT:
        varint(in);
        break;
      case FIXED_64:
        in.getLong();
        break;
      case BYTES:
        bytes(in);
        break;
      case FIXED_32:
        in.getInt();
        break;
      default:
        throw new IllegalArgumentException("no type of a field: " + tag);
    }
  }
}
