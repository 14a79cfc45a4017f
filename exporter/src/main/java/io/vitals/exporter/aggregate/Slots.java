/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

/**
 * The slots of an HdrHistogram: where a duration in nanoseconds belongs, and what a slot stands
 * for.
 *
 * <p>With magnitude m the slots below 2^(m+1) ns are one nanosecond wide; above, each power of two
 * is divided into 2^m slots, so a slot's middle is off by at most 2^-(m+1) of the duration. It is
 * the layout of {@code org.HdrHistogram.AbstractHistogram} with a unit of 1 ns (its three decimal
 * digits are m = 10).
 */
public final class Slots {
  /** The magnitude of {@link #FINE}. */
  static final int FINE_MAGNITUDE = 9;

  /** Off by at most 0.1 %, where three decimal digits (0.05 %) would take twice the memory. */
  public static final Slots FINE = new Slots(FINE_MAGNITUDE);

  /** Off by at most 6.3 %. */
  public static final Slots COARSE = new Slots(3);

  /** 39 hours; a longer duration is sorted as this one. Its sum and maximum stay exact. */
  static final long LONGEST_NANOS = (1L << 47) - 1;

  private final int magnitude;

  Slots(int magnitude) {
    this.magnitude = magnitude;
  }

  /** How many slots there are. */
  int size() {
    return slot(LONGEST_NANOS) + 1;
  }

  /** The slot of a duration. */
  int slot(long nanos) {
    long value = nanos < 0 ? 0 : Math.min(nanos, LONGEST_NANOS);
    int shift = 63 - magnitude - Long.numberOfLeadingZeros(value);
    return shift <= 0 ? (int) value : (shift << magnitude) + (int) (value >>> shift);
  }

  /** The shortest duration of a slot. */
  long lowest(int slot) {
    int shift = shift(slot);
    return (long) (slot - (shift << magnitude)) << shift;
  }

  /** The longest duration of a slot. */
  long highest(int slot) {
    return lowest(slot) + (1L << shift(slot)) - 1;
  }

  /** The duration a slot stands for: its middle. */
  public long middle(int slot) {
    return lowest(slot) + (1L << shift(slot) >> 1);
  }

  private int shift(int slot) {
    return Math.max(0, (slot >> magnitude) - 1);
  }
}
