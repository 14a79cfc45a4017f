/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import io.vitals.exporter.aggregate.DistributionSum;
import java.util.Arrays;

/**
 * The past of one group of one source: slots of time, the newest last.
 *
 * <p>Numbers and sums are kept as running totals, so a window of any length costs two binary
 * searches; what is older than its windows read finely is merged by forgetting totals in between.
 * Extremes, distributions and exemplars are kept only where something reads them. A slot belongs to
 * a window if its middle does, so that intervals which end a little early or late do not change how
 * many a window holds.
 */
final class Track {
  /** 120 slots a window for some ten different windows. */
  private static final int MOST_SLOTS = 1024;

  private static final int BYTES_A_SLOT = 8 * 8;

  private Retention retention;
  private final Room room;
  private long[] starts = new long[4];
  private long[] ends = new long[4];
  private double[] counts = new double[4];
  private double[] bads = new double[4];
  private double[] sums = new double[4];
  private double[] lasts;
  private double[] mins;
  private double[] maxs;
  private Spread spread;
  private Exemplar[] slowest;
  private Exemplar[] failed;
  private int size;
  private double countBefore;
  private double badBefore;
  private double sumBefore;

  Track(Retention retention, Room room, boolean keepsLasts) {
    this.retention = retention;
    this.room = room;
    this.lasts = keepsLasts ? new double[4] : null;
    room.add(4 * BYTES_A_SLOT);
    keep(retention);
  }

  /** Keeps what other windows read from now on. */
  void keep(Retention next) {
    retention = next;
    if (next.extremes && mins == null) {
      mins = new double[starts.length];
      maxs = new double[starts.length];
      Arrays.fill(mins, Double.NaN);
      Arrays.fill(maxs, Double.NaN);
    }
    if (next.distributions && spread == null) {
      spread = new Spread(starts.length, room);
    }
  }

  /** Gives its room back. */
  void close() {
    room.add(-(long) BYTES_A_SLOT * starts.length);
    if (spread != null) {
      spread.close(size);
    }
  }

  int size() {
    return size;
  }

  /** When its newest slot ends; the smallest long if there is none. */
  long end() {
    return size == 0 ? Long.MIN_VALUE : ends[size - 1];
  }

  /** When its oldest slot starts; the largest long if there is none. */
  long start() {
    return size == 0 ? Long.MAX_VALUE : starts[0];
  }

  /** Adds what came between two moments; a moment before the end counts as the end. */
  void add(long start, long end, Pending more) {
    long from = size == 0 ? Math.min(start, end) : Math.max(Math.min(start, end), ends[size - 1]);
    long to = Math.max(from, end);
    boolean joins = size > 0 && to - starts[size - 1] <= retention.width(0);
    if (!joins) {
      if (size == starts.length) {
        makeRoom(to);
      }
      open(from, to);
    }
    int at = size - 1;
    ends[at] = to;
    counts[at] += more.count;
    bads[at] += more.bad;
    sums[at] += more.sum;
    if (lasts != null) {
      lasts[at] = more.last;
    }
    if (mins != null && more.count > 0) {
      mins[at] = lesser(mins[at], more.min);
      maxs[at] = greater(maxs[at], more.max);
    }
    if (spread != null && more.distribution != null) {
      spread.add(at, more.distribution);
    }
    exemplars(at, more.slowest, more.failed);
  }

  private void open(long from, long to) {
    boolean isFirst = size == 0;
    int at = size++;
    starts[at] = from;
    ends[at] = to;
    counts[at] = isFirst ? countBefore : counts[at - 1];
    bads[at] = isFirst ? badBefore : bads[at - 1];
    sums[at] = isFirst ? sumBefore : sums[at - 1];
    if (mins != null) {
      mins[at] = Double.NaN;
      maxs[at] = Double.NaN;
    }
    if (spread != null) {
      spread.open(at);
    }
    if (slowest != null) {
      slowest[at] = null;
      failed[at] = null;
    }
  }

  private void exemplars(int at, Exemplar slow, Exemplar bad) {
    if (slow == null && bad == null) {
      return;
    }
    if (slowest == null) {
      slowest = new Exemplar[starts.length];
      failed = new Exemplar[starts.length];
    }
    slowest[at] = Exemplar.slower(slowest[at], slow);
    failed[at] = bad == null ? failed[at] : bad;
  }

  /** Forgets, merges or grows, so that one slot more has room. */
  private void makeRoom(long now) {
    compact(now, 1);
    boolean isFull = room.isFull();
    if (!isFull && size <= starts.length * 3 / 4) {
      return;
    }
    int length = starts.length;
    if (!isFull && length < MOST_SLOTS && room.take((long) BYTES_A_SLOT * length)) {
      resize(2 * length);
      return;
    }
    for (double coarser = 2; size > length / 2 && coarser < 1e19; coarser *= 2) {
      compact(now, coarser);
    }
  }

  private void resize(int length) {
    starts = Arrays.copyOf(starts, length);
    ends = Arrays.copyOf(ends, length);
    counts = Arrays.copyOf(counts, length);
    bads = Arrays.copyOf(bads, length);
    sums = Arrays.copyOf(sums, length);
    lasts = lasts == null ? null : Arrays.copyOf(lasts, length);
    mins = mins == null ? null : Arrays.copyOf(mins, length);
    maxs = maxs == null ? null : Arrays.copyOf(maxs, length);
    if (spread != null) {
      spread.resize(length);
    }
    slowest = slowest == null ? null : Arrays.copyOf(slowest, length);
    failed = failed == null ? null : Arrays.copyOf(failed, length);
  }

  /** Drops what no window reaches, and merges what need not be apart. */
  private void compact(long now, double coarser) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      long width = retention.width(now - ends[i]);
      if (width < 0 && i < size - 1) {
        countBefore = counts[i];
        badBefore = bads[i];
        sumBefore = sums[i];
        if (spread != null) {
          spread.drop(i);
        }
        continue;
      }
      if (kept > 0 && ends[i] - starts[kept - 1] <= width * coarser) {
        merge(kept - 1, i);
      } else {
        move(i, kept++);
      }
    }
    if (spread != null) {
      spread.clear(kept, size);
    }
    if (slowest != null) {
      Arrays.fill(slowest, kept, size, null);
      Arrays.fill(failed, kept, size, null);
    }
    size = kept;
  }

  private void merge(int into, int from) {
    ends[into] = ends[from];
    counts[into] = counts[from];
    bads[into] = bads[from];
    sums[into] = sums[from];
    if (lasts != null) {
      lasts[into] = lasts[from];
    }
    if (mins != null) {
      mins[into] = lesser(mins[into], mins[from]);
      maxs[into] = greater(maxs[into], maxs[from]);
    }
    if (spread != null) {
      spread.merge(into, from);
    }
    if (slowest != null) {
      exemplars(into, slowest[from], failed[from]);
    }
  }

  private void move(int from, int to) {
    if (from == to) {
      return;
    }
    starts[to] = starts[from];
    ends[to] = ends[from];
    counts[to] = counts[from];
    bads[to] = bads[from];
    sums[to] = sums[from];
    if (lasts != null) {
      lasts[to] = lasts[from];
    }
    if (mins != null) {
      mins[to] = mins[from];
      maxs[to] = maxs[from];
    }
    if (spread != null) {
      spread.move(from, to);
    }
    if (slowest != null) {
      slowest[to] = slowest[from];
      failed[to] = failed[from];
    }
  }

  /** The first slot after a moment; {@link #size} if there is none. */
  int first(long from) {
    return after(from);
  }

  /** The last slot up to a moment; -1 if there is none. */
  int last(long to) {
    return size > 0 && ends[size - 1] <= to ? size - 1 : after(to) - 1;
  }

  /**
   * From when a window reaches that should reach from this moment: a little earlier if nothing but
   * the greater part of the newest slot would lie outside.
   */
  long reached(long from) {
    boolean isOnlyNewest = size > 0 && after(from) == size && ends[size - 1] > from;
    return isOnlyNewest ? starts[size - 1] - 1 : from;
  }

  /** How many slots have their middle at or before a moment. */
  private int after(long moment) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (starts[middle] + (ends[middle] - starts[middle]) / 2 <= moment) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  double count(int first, int last) {
    return last < first ? 0 : counts[last] - (first == 0 ? countBefore : counts[first - 1]);
  }

  double bad(int first, int last) {
    return last < first ? 0 : bads[last] - (first == 0 ? badBefore : bads[first - 1]);
  }

  double sum(int first, int last) {
    return last < first ? 0 : sums[last] - (first == 0 ? sumBefore : sums[first - 1]);
  }

  private static double lesser(double a, double b) {
    return Double.isNaN(a) || b < a ? b : a;
  }

  private static double greater(double a, double b) {
    return Double.isNaN(a) || b > a ? b : a;
  }

  /** The smallest value; NaN if there is none. */
  double min(int first, int last) {
    double least = Double.NaN;
    for (int i = first; i <= last; i++) {
      least = lesser(least, mins[i]);
    }
    return least;
  }

  /** The largest value; NaN if there is none. */
  double max(int first, int last) {
    double most = Double.NaN;
    for (int i = first; i <= last; i++) {
      most = greater(most, maxs[i]);
    }
    return most;
  }

  /** The value at the end of a slot. */
  double value(int slot) {
    return lasts[slot];
  }

  long end(int slot) {
    return ends[slot];
  }

  /** Adds what lies in a slot of durations or above it. */
  void addTop(DistributionSum into, int first, int last, int leastSlot) {
    if (first <= last) {
      spread.addTop(into, first, last, leastSlot);
    }
  }

  /** The newest that failed or the slowest, or the other if there is none. */
  Exemplar exemplar(int first, int last, boolean wantsFailed) {
    Exemplar slow = null;
    Exemplar bad = null;
    for (int i = first; slowest != null && i <= last; i++) {
      slow = Exemplar.slower(slow, slowest[i]);
      bad = failed[i] == null ? bad : failed[i];
    }
    return wantsFailed && bad != null ? bad : slow;
  }
}
