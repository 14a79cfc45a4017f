/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

/** What windows may take together, and what had to be left out for want of room. */
final class Room {
  /** A third of the 50 MB that the agent may take. */
  static final long MOST_BYTES = 16L << 20;

  private final long most;
  private long used;
  private long refused;

  Room() {
    this(MOST_BYTES);
  }

  Room(long most) {
    this.most = most;
  }

  /** Takes bytes if there are so many left. */
  boolean take(long bytes) {
    if (used + bytes > most) {
      return false;
    }
    used += bytes;
    return true;
  }

  /** Takes bytes that are held already, or gives them back if negative. */
  void add(long bytes) {
    used += bytes;
  }

  boolean isFull() {
    return used >= most;
  }

  long used() {
    return used;
  }

  /** Counts a group or series that found no room. */
  void refuse() {
    refused++;
  }

  long refused() {
    return refused;
  }
}
