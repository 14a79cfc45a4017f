/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import io.opentelemetry.api.common.Attributes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What all rules share that read the same series grouped in the same way. */
final class Source {
  final KnownMetric metric;
  final GroupSpace space;

  /** Calls that took longer count as bad; -1 if those that failed do. */
  final long slowNanos;

  /** Whether the values of a moment are added up. */
  final boolean isSummed;

  /** The attribute sets of a metric that is not of spans, with what they last said. */
  final Map<Attributes, Point> points = new HashMap<>();

  /** Whether a collection has come, so that what is new now began after it. */
  boolean hasCollected;

  private final List<Matcher> matchers;
  private final Room room;
  private Retention retention;
  private long since;
  private Group[] groups = new Group[1];
  private int[] ids = new int[1];
  private int size;

  Source(Query query, GroupSpace space, long since, Room room) {
    this.since = since;
    this.metric = query.metric;
    this.matchers = query.matchers;
    this.slowNanos = query.slowNanos();
    this.isSummed = query.isSummed();
    this.space = space;
    this.room = room;
  }

  /** What one attribute set last said. */
  static final class Point {
    Group group;
    double value;
    double count;
  }

  /** From when on all of what it reads is there. */
  long since() {
    return since;
  }

  /** Keeps what these read from a moment on. */
  void keep(Retention next, long now) {
    if (retention != null && next.reach() > retention.reach()) {
      since = Math.max(since, now - retention.reach());
    }
    retention = next;
    for (int i = 0; i < size; i++) {
      groups[ids[i]].track.keep(next);
    }
  }

  Retention retention() {
    return retention;
  }

  /** How many groups there are. */
  int size() {
    return size;
  }

  /** The number in its space of one of the groups. */
  int id(int index) {
    return ids[index];
  }

  /** The group of this number, or null. */
  Group group(int id) {
    return id < groups.length ? groups[id] : null;
  }

  /** The group of attributes, made if it is new; null if they do not match, or no room is left. */
  Group group(Map<String, String> attributes) {
    for (Matcher matcher : matchers) {
      if (!matcher.matches(attributes.get(matcher.label))) {
        return null;
      }
    }
    int id = space.id(attributes);
    if (id < 0) {
      room.refuse();
      return null;
    }
    Group known = group(id);
    if (known != null) {
      return known;
    }
    if (room.isFull() && !space.isUngrouped()) {
      room.refuse();
      return null;
    }
    return add(id);
  }

  private Group add(int id) {
    if (id >= groups.length) {
      groups = Arrays.copyOf(groups, Math.max(id + 1, 2 * groups.length));
    }
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
    }
    ids[size++] = id;
    Group added = new Group(this, id, new Track(retention, room, metric.spans == null));
    groups[id] = added;
    return added;
  }

  /** Forgets groups that nothing came for since a moment. */
  void forget(long before) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      Group group = groups[ids[i]];
      if (group.track.end() < before) {
        drop(group);
      } else {
        ids[kept++] = ids[i];
      }
    }
    size = kept;
  }

  private void drop(Group group) {
    group.isForgotten = true;
    group.track.close();
    groups[group.id] = null;
  }

  /** Gives the room of all groups back. */
  void close() {
    for (int i = 0; i < size; i++) {
      drop(groups[ids[i]]);
    }
    size = 0;
  }
}
