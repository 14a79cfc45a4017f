/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import io.vitals.exporter.aggregate.Exemplars;

/** A kept trace that shows what was measured; immutable. */
public final class Exemplar {
  private static final String DIGITS = "0123456789abcdef";

  final long nanos;
  private final long traceIdHigh;
  private final long traceIdLow;
  private final long spanId;

  private Exemplar(Exemplars from, int bucket) {
    this.nanos = from.nanos(bucket);
    this.traceIdHigh = from.traceIdHigh(bucket);
    this.traceIdLow = from.traceIdLow(bucket);
    this.spanId = from.spanId(bucket);
  }

  /** The slowest of an interval's, or null. */
  static Exemplar slowest(Exemplars from) {
    for (int bucket = from == null ? -1 : from.buckets() - 1; bucket >= 0; bucket--) {
      if (from.has(bucket)) {
        return new Exemplar(from, bucket);
      }
    }
    return null;
  }

  /** The slower of two, either of which may be null. */
  static Exemplar slower(Exemplar a, Exemplar b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return b.nanos > a.nanos ? b : a;
  }

  /** 32 hexadecimal digits. */
  public String traceId() {
    return hex(traceIdHigh) + hex(traceIdLow);
  }

  /** 16 hexadecimal digits. */
  public String spanId() {
    return hex(spanId);
  }

  private static String hex(long value) {
    char[] digits = new char[16];
    for (int i = 0; i < 16; i++) {
      digits[i] = DIGITS.charAt((int) (value >>> (60 - 4 * i)) & 15);
    }
    return new String(digits);
  }
}
