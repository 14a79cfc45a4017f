/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

/**
 * At most one kept trace for each bucket of one series and interval: the first that came.
 *
 * <p>Written by the holder of the drain lock; immutable once it is part of an interval. Cost: five
 * stores for the first of a bucket, one comparison for the others. Memory: 40 bytes a bucket.
 */
public final class Exemplars {
  private static final int FIELDS = 5;
  private static final int NANOS = 0;
  private static final int END_NANOS = 1;
  private static final int TRACE_HIGH = 2;
  private static final int TRACE_LOW = 3;
  private static final int SPAN = 4;

  private final long[] fields;
  private int filled;

  Exemplars(int buckets) {
    this.fields = new long[buckets * FIELDS];
  }

  void offer(int bucket, long nanos, long endNanos, long high, long low, long spanId) {
    int at = bucket * FIELDS;
    if (fields[at + SPAN] != 0) {
      return;
    }
    fields[at + NANOS] = nanos;
    fields[at + END_NANOS] = endNanos;
    fields[at + TRACE_HIGH] = high;
    fields[at + TRACE_LOW] = low;
    fields[at + SPAN] = spanId;
    filled++;
  }

  boolean isEmpty() {
    return filled == 0;
  }

  /** How many buckets there are, filled or not. */
  public int buckets() {
    return fields.length / FIELDS;
  }

  /** Whether a bucket has an example; the other methods make sense only then. */
  public boolean has(int bucket) {
    return fields[bucket * FIELDS + SPAN] != 0;
  }

  /** How long it took. */
  public long nanos(int bucket) {
    return fields[bucket * FIELDS + NANOS];
  }

  /** When it ended, by {@link System#nanoTime()}. */
  public long endNanos(int bucket) {
    return fields[bucket * FIELDS + END_NANOS];
  }

  /** The upper half of its trace id. */
  public long traceIdHigh(int bucket) {
    return fields[bucket * FIELDS + TRACE_HIGH];
  }

  /** The lower half of its trace id. */
  public long traceIdLow(int bucket) {
    return fields[bucket * FIELDS + TRACE_LOW];
  }

  /** Its span id. */
  public long spanId(int bucket) {
    return fields[bucket * FIELDS + SPAN];
  }

  /** The examples of both, those of {@code newer} first. */
  static Exemplars merge(Exemplars older, Exemplars newer) {
    if (older == null || newer == null) {
      return older == null ? newer : older;
    }
    Exemplars merged = new Exemplars(newer.buckets());
    for (Exemplars from : new Exemplars[] {newer, older}) {
      for (int i = 0; i < from.buckets(); i++) {
        if (from.has(i)) {
          merged.offer(
              i,
              from.nanos(i),
              from.endNanos(i),
              from.traceIdHigh(i),
              from.traceIdLow(i),
              from.spanId(i));
        }
      }
    }
    return merged;
  }
}
