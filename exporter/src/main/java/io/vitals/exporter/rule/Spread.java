/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import io.vitals.exporter.aggregate.Distribution;
import io.vitals.exporter.aggregate.DistributionSum;
import java.util.Arrays;

/** How the durations in the slots of a {@link Track} are spread, for percentiles. */
final class Spread {
  private final Room room;
  private Distribution[] distributions;

  /** The last filled slot of each distribution: those below what is sought are not touched. */
  private int[] tops;

  /** How many durations the distributions have held so far. */
  private double[] totals;

  private double totalBefore;

  Spread(int length, Room room) {
    this.room = room;
    this.distributions = new Distribution[length];
    this.tops = new int[length];
    this.totals = new double[length];
    Arrays.fill(tops, -1);
  }

  void resize(int length) {
    distributions = Arrays.copyOf(distributions, length);
    tops = Arrays.copyOf(tops, length);
    totals = Arrays.copyOf(totals, length);
  }

  void open(int at) {
    distributions[at] = null;
    tops[at] = -1;
    totals[at] = at == 0 ? totalBefore : totals[at - 1];
  }

  /** Adds to the newest slot, unless there is no room. */
  void add(int at, Distribution more) {
    if (room.isFull()) {
      room.refuse();
      return;
    }
    put(at, more);
    totals[at] += more.count();
  }

  private void put(int at, Distribution more) {
    room.add(-bytes(distributions[at]));
    distributions[at] = distributions[at] == null ? more : distributions[at].merge(more);
    tops[at] = Math.max(tops[at], more.highestSlot());
    room.add(bytes(distributions[at]));
  }

  private static int bytes(Distribution distribution) {
    return distribution == null ? 0 : distribution.bytes();
  }

  /** Drops the oldest slot that is left. */
  void drop(int at) {
    totalBefore = totals[at];
    room.add(-bytes(distributions[at]));
  }

  void merge(int into, int from) {
    totals[into] = totals[from];
    if (distributions[from] != null) {
      room.add(-bytes(distributions[from]));
      put(into, distributions[from]);
    }
  }

  void move(int from, int to) {
    distributions[to] = distributions[from];
    tops[to] = tops[from];
    totals[to] = totals[from];
  }

  void clear(int from, int to) {
    Arrays.fill(distributions, from, to, null);
  }

  void close(int size) {
    for (int i = 0; i < size; i++) {
      room.add(-bytes(distributions[i]));
    }
  }

  /** Adds what lies in a slot of durations or above it, and counts everything. */
  void addTop(DistributionSum into, int first, int last, int leastSlot) {
    into.count((long) (totals[last] - (first == 0 ? totalBefore : totals[first - 1])));
    for (int i = first; i <= last; i++) {
      if (tops[i] >= leastSlot) {
        into.addTop(distributions[i], leastSlot);
      }
    }
  }
}
