/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import java.util.Arrays;
import java.util.BitSet;

/** The last hours of one value, for each of its groups. */
final class Pasts {
  /** What the past of one group takes when it is full. */
  private static final long BYTES = Past.MOST_VALUES * 8L;

  private final GroupSpace space;
  private final Room room;
  private final double[] scratch = new double[Past.MOST_VALUES];
  private Past[] pasts = new Past[1];
  private long now;

  Pasts(GroupSpace space, Room room) {
    this.space = space;
    this.room = room;
  }

  GroupSpace space() {
    return space;
  }

  void move(long to) {
    now = to;
  }

  /** The past of a group; one that stays empty if there is no room. */
  Past of(int group) {
    if (group >= pasts.length) {
      pasts = Arrays.copyOf(pasts, Math.max(group + 1, 2 * pasts.length));
    }
    Past past = pasts[group];
    if (past == null) {
      if (!room.take(BYTES)) {
        room.refuse();
        return Past.EMPTY;
      }
      past = new Past();
      pasts[group] = past;
    }
    return past;
  }

  void note(Past past, double value) {
    if (past != Past.EMPTY) {
      past.note(value, now, scratch);
    }
  }

  /** Forgets the groups that are gone. */
  void retain(BitSet used) {
    for (int i = 0; i < pasts.length; i++) {
      if (pasts[i] != null && !used.get(i)) {
        pasts[i] = null;
        room.add(-BYTES);
      }
    }
  }

  /** Gives its room back. */
  void close() {
    retain(new BitSet());
  }
}
