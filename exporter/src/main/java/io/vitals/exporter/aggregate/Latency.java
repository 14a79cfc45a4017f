/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

import java.util.Arrays;

/**
 * The durations of one series in the running interval.
 *
 * <p>Number, sum, minimum, maximum and the conventions' buckets are exact. For percentiles the
 * first {@value #MOST_RAW} durations are kept as they are; then they are sorted into an
 * HdrHistogram, or, when the memory for those is spent, into a coarse one.
 *
 * <p>Single writer, the holder of the drain lock. Cost: 10 ns; nothing is allocated but growth.
 * Memory: 200 bytes idle, 700 raw, 5 to 25 KB fine, 2.3 KB coarse.
 */
final class Latency {
  /** Most series see fewer in ten seconds: 512 bytes instead of a histogram. */
  static final int MOST_RAW = 64;

  private final Bounds bounds;
  private final HistogramMemory memory;
  private final int[] buckets;
  private long count;
  private long sumNanos;
  private long minNanos = Long.MAX_VALUE;
  private long maxNanos;
  private long[] raw;
  private FineCounts fine;
  private boolean isFine;
  private CoarseCounts coarse;
  private Exemplars exemplars;

  Latency(Bounds bounds, HistogramMemory memory) {
    this.bounds = bounds;
    this.memory = memory;
    this.buckets = new int[bounds.buckets()];
  }

  /** Counts a duration, and returns its bucket. */
  int record(long durationNanos) {
    long nanos = Math.max(0, durationNanos);
    sumNanos += nanos;
    return add(nanos, 1);
  }

  /** Counts durations whose sum is added apart. */
  void addUnsorted(long nanos, long number) {
    for (long left = number; left > 0; left -= Integer.MAX_VALUE) {
      add(nanos, (int) Math.min(left, Integer.MAX_VALUE));
    }
  }

  void addSum(long nanos) {
    sumNanos += nanos;
  }

  /** Notes the exact shortest and longest of durations that were added otherwise. */
  void addExtremes(long shortestNanos, long longestNanos) {
    minNanos = Math.min(minNanos, shortestNanos);
    maxNanos = Math.max(maxNanos, longestNanos);
  }

  private int add(long nanos, int number) {
    int bucket = bounds.bucket(nanos);
    buckets[bucket] += number;
    long before = count;
    count = before + number;
    if (nanos < minNanos) {
      minNanos = nanos;
    }
    if (nanos > maxNanos) {
      maxNanos = nanos;
    }
    if (isFine) {
      addFine(nanos, number);
    } else if (coarse != null) {
      coarse.add(nanos, number);
    } else if (count <= MOST_RAW) {
      addRaw((int) before, nanos, number);
    } else {
      outgrow((int) before, nanos, number);
    }
    return bucket;
  }

  private void addRaw(int at, long nanos, int number) {
    if (raw == null) {
      raw = new long[4];
    }
    if (at + number > raw.length) {
      raw = Arrays.copyOf(raw, at + number > 16 ? MOST_RAW : 16);
    }
    Arrays.fill(raw, at, at + number, nanos);
  }

  /** Moves {@code recorded} raw durations into a histogram, and the next one too. */
  private void outgrow(int recorded, long nanos, int number) {
    if (fine == null) {
      fine = new FineCounts(memory);
    }
    isFine = true;
    for (int i = 0; i < recorded; i++) {
      addOutgrown(raw[i], 1);
    }
    addOutgrown(nanos, number);
  }

  private void addOutgrown(long nanos, int number) {
    if (isFine) {
      addFine(nanos, number);
    } else {
      coarse.add(nanos, number);
    }
  }

  private void addFine(long nanos, int number) {
    if (fine.add(nanos, number)) {
      return;
    }
    coarse = new CoarseCounts();
    fine.addTo(coarse);
    fine.release();
    isFine = false;
    coarse.add(nanos, number);
  }

  /** Notes a kept trace as an example of its bucket. */
  void exemplar(int bucket, long nanos, long endNanos, long high, long low, long spanId) {
    if (exemplars == null) {
      exemplars = new Exemplars(bounds.buckets());
    }
    exemplars.offer(bucket, nanos, endNanos, high, low, spanId);
  }

  long count() {
    return count;
  }

  /** Closes the interval: returns what it held, and begins an empty one. */
  SeriesInterval take(Series series) {
    long[] counts = new long[buckets.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = buckets[i];
      buckets[i] = 0;
    }
    Exemplars shown = exemplars == null || exemplars.isEmpty() ? null : exemplars;
    SeriesInterval taken =
        new SeriesInterval(
            series, count, sumNanos, minNanos, maxNanos, counts, distribution(), shown);
    if (shown != null) {
      exemplars = null;
    }
    clearCounts();
    count = 0;
    sumNanos = 0;
    minNanos = Long.MAX_VALUE;
    maxNanos = 0;
    return taken;
  }

  /** A busy series keeps its histogram for the next interval. */
  private void clearCounts() {
    coarse = null;
    if (!isFine) {
      return;
    }
    if (count > MOST_RAW) {
      fine.clear();
    } else {
      fine.release();
      isFine = false;
    }
  }

  /** Gives up what is held for speed, as nothing came for an interval. */
  void rest() {
    if (isFine) {
      fine.release();
      isFine = false;
    }
    fine = null;
    raw = null;
    exemplars = null;
  }

  private Distribution distribution() {
    Distribution.Builder builder = new Distribution.Builder(128);
    if (isFine) {
      fine.addTo(builder);
    } else if (coarse != null) {
      coarse.addTo(builder);
    } else if (raw != null) {
      addSorted(builder);
    }
    return builder.build();
  }

  private void addSorted(Distribution.Builder builder) {
    int size = (int) count;
    Arrays.sort(raw, 0, size);
    int number = 0;
    for (int i = 0; i < size; i++) {
      number++;
      int slot = Slots.FINE.slot(raw[i]);
      if (i + 1 == size || Slots.FINE.slot(raw[i + 1]) != slot) {
        builder.add(slot, number);
        number = 0;
      }
    }
  }
}
