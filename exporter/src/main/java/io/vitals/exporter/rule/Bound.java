/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import java.util.List;

/** An expression bound to the sources that it reads. */
final class Bound {
  private static final int UNGROUPED = 0;

  private final GroupSpace space;
  private final List<Reading> readings;

  /** The grouped sources, each once. */
  private final List<Source> sources;

  /** Null of a value. */
  private final Check check;

  /** Null of a condition. */
  private final Node value;

  Bound(GroupSpace space, List<Reading> readings, List<Source> sources, Check check, Node value) {
    this.space = space;
    this.readings = readings;
    this.sources = sources;
    this.check = check;
    this.value = value;
  }

  List<Reading> readings() {
    return readings;
  }

  private void move(long now, long tick) {
    for (int i = 0; i < readings.size(); i++) {
      readings.get(i).move(now, tick);
    }
  }

  void check(long now, long tick, Found into) {
    move(now, tick);
    check.move(now);
    if (space.isUngrouped()) {
      check(UNGROUPED, into);
      return;
    }
    for (int s = 0; s < sources.size(); s++) {
      Source source = sources.get(s);
      for (int i = 0; i < source.size(); i++) {
        int group = source.id(i);
        if (!isSeen(group, s)) {
          check(group, into);
        }
      }
    }
  }

  /** Whether a source before this one has the group too. */
  private boolean isSeen(int group, int before) {
    for (int s = 0; s < before; s++) {
      if (sources.get(s).group(group) != null) {
        return true;
      }
    }
    return false;
  }

  private void check(int group, Found into) {
    Check.Answer answer = check.of(group);
    if (answer == Check.Answer.UNKNOWN) {
      into.unknown(space.labels(group));
    } else if (answer == Check.Answer.YES) {
      into.found(
          space.labels(group),
          check.value(group),
          check.threshold(group),
          samples(group),
          exemplar(group));
    }
  }

  void values(long now, long tick, Values into) {
    move(now, tick);
    if (space.isUngrouped()) {
      into.value(space.labels(UNGROUPED), value.of(UNGROUPED), samples(UNGROUPED));
      return;
    }
    for (int s = 0; s < sources.size(); s++) {
      Source source = sources.get(s);
      for (int i = 0; i < source.size(); i++) {
        int group = source.id(i);
        if (!isSeen(group, s)) {
          into.value(space.labels(group), value.of(group), samples(group));
        }
      }
    }
  }

  private long samples(int group) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < readings.size(); i++) {
      least = Math.min(least, readings.get(i).samples(group));
    }
    return least == Long.MAX_VALUE ? 0 : least;
  }

  private Exemplar exemplar(int group) {
    for (int i = 0; i < readings.size(); i++) {
      Exemplar shown = readings.get(i).exemplar(group);
      if (shown != null) {
        return shown;
      }
    }
    return null;
  }
}
