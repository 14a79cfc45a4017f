/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

import java.util.Arrays;

/**
 * An immutable histogram in little room: which fine {@link Slots} hold how many durations.
 *
 * <p>Merging adds counts slot by slot and loses nothing. Memory: two to four bytes a filled slot.
 */
public final class Distribution {
  /** No duration at all. */
  public static final Distribution EMPTY = new Distribution(new byte[0], 0, 0);

  /** Pairs of the distance to the slot before and the count there, both as variable-length ints. */
  private final byte[] pairs;

  private final long count;
  private final int highest;

  private Distribution(byte[] pairs, long count, int highest) {
    this.pairs = pairs;
    this.count = count;
    this.highest = highest;
  }

  /** How many durations there are. */
  public long count() {
    return count;
  }

  /** How many bytes the filled slots take. */
  public int bytes() {
    return pairs.length;
  }

  /** The last filled slot; 0 if empty. */
  public int highestSlot() {
    return highest;
  }

  /**
   * Adds the filled slots from {@code least} on to their places, without an allocation. Reads from
   * the end: the last byte of a number is the one without the upper bit.
   *
   * @return the first slot that was added, or one more than the last slot if none was
   */
  int addTop(long[] counts, int least) {
    int slot = highest;
    int lowest = highest + 1;
    int at = pairs.length - 1;
    while (at >= 0 && slot >= least) {
      long number = pairs[at--];
      while (at >= 0 && pairs[at] < 0) {
        number = number << 7 | pairs[at--] & 0x7f;
      }
      counts[slot] += number;
      lowest = slot;
      int distance = pairs[at--];
      while (at >= 0 && pairs[at] < 0) {
        distance = distance << 7 | pairs[at--] & 0x7f;
      }
      slot -= distance;
    }
    return lowest;
  }

  /** How many durations are longer, to 0.1 %. */
  public long countAbove(long nanos) {
    long above = 0;
    Cursor cursor = cursor();
    while (cursor.next()) {
      if (cursor.nanos() > nanos) {
        above += cursor.count();
      }
    }
    return above;
  }

  /** The filled slots, from the shortest duration to the longest. */
  public Cursor cursor() {
    return new Cursor(pairs);
  }

  /**
   * The duration that {@code quantile} of all durations do not exceed, by the nearest rank: the
   * middle of the slot that holds number ceil(quantile * count) of the sorted list. 0 if empty.
   */
  public long quantileNanos(double quantile) {
    long rank = rank(quantile, count);
    Cursor cursor = cursor();
    long seen = 0;
    while (cursor.next()) {
      seen += cursor.count();
      if (seen >= rank) {
        return cursor.nanos();
      }
    }
    return 0;
  }

  /** The nearest rank; 0.95 of 20 is number 19, although 0.95 * 20 is a little more than 19. */
  static long rank(double quantile, long count) {
    return Math.max(1, Math.min(count, (long) Math.ceil(quantile * count - 1e-9)));
  }

  /** This and the other together. */
  public Distribution merge(Distribution other) {
    if (count == 0) {
      return other;
    }
    if (other.count == 0) {
      return this;
    }
    Builder merged = new Builder(pairs.length + other.pairs.length);
    Cursor a = cursor();
    Cursor b = other.cursor();
    boolean hasA = a.next();
    boolean hasB = b.next();
    while (hasA || hasB) {
      if (!hasB || hasA && a.slot() < b.slot()) {
        merged.add(a.slot(), a.count());
        hasA = a.next();
      } else if (!hasA || b.slot() < a.slot()) {
        merged.add(b.slot(), b.count());
        hasB = b.next();
      } else {
        merged.add(a.slot(), a.count() + b.count());
        hasA = a.next();
        hasB = b.next();
      }
    }
    return merged.build();
  }

  /** Walks over the filled slots. */
  public static final class Cursor {
    private final byte[] pairs;
    private int at;
    private int slot;
    private long count;

    private Cursor(byte[] pairs) {
      this.pairs = pairs;
    }

    /** Moves to the next filled slot, and says whether there is one. */
    public boolean next() {
      if (at >= pairs.length) {
        return false;
      }
      slot += (int) read();
      count = read();
      return true;
    }

    private long read() {
      long value = 0;
      int shift = 0;
      byte next;
      do {
        next = pairs[at++];
        value |= (long) (next & 0x7f) << shift;
        shift += 7;
      } while (next < 0);
      return value;
    }

    int slot() {
      return slot;
    }

    /** The duration that the slot stands for. */
    public long nanos() {
      return Slots.FINE.middle(slot);
    }

    /** How many durations the slot holds. */
    public long count() {
      return count;
    }
  }

  /** Collects filled slots in ascending order. */
  static final class Builder {
    private byte[] pairs;
    private int length;
    private int slot;
    private long count;

    Builder(int expectedBytes) {
      this.pairs = new byte[Math.max(16, expectedBytes)];
    }

    /** Adds a slot above the last one, or counts the last one on. */
    void add(int nextSlot, long number) {
      if (length + 19 > pairs.length) {
        pairs = Arrays.copyOf(pairs, pairs.length * 2 + 19);
      }
      write(nextSlot - slot);
      write(number);
      slot = nextSlot;
      count += number;
    }

    private void write(long value) {
      long rest = value;
      while (rest >= 0x80) {
        pairs[length++] = (byte) (rest | 0x80);
        rest >>>= 7;
      }
      pairs[length++] = (byte) rest;
    }

    Distribution build() {
      return count == 0 ? EMPTY : new Distribution(Arrays.copyOf(pairs, length), count, slot);
    }
  }
}
