/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Numbers the groups of one list of labels, so that the sides of an operator meet by number.
 *
 * <p>A label that a series does not have is missing in its group's labels.
 */
final class GroupSpace {
  /** Half of the series that a metric may have: whoever groups so finely groups too finely. */
  static final int MOST_GROUPS = 1000;

  private final List<String> by;
  private final Map<List<String>, Integer> ids = new HashMap<>();
  private final List<SortedMap<String, String>> labels = new ArrayList<>();
  private final BitSet free = new BitSet();

  GroupSpace(List<String> by) {
    this.by = by;
    if (by.isEmpty()) {
      id(Collections.<String, String>emptyMap());
    }
  }

  boolean isUngrouped() {
    return by.isEmpty();
  }

  /** One more than the largest number. */
  int size() {
    return labels.size();
  }

  boolean isFull() {
    return labels.size() - free.cardinality() >= MOST_GROUPS;
  }

  /** The number of the group that attributes belong to; -1 if there is no room for it. */
  int id(Map<String, String> attributes) {
    List<String> values = new ArrayList<>(by.size());
    for (String label : by) {
      values.add(attributes.get(label));
    }
    Integer known = ids.get(values);
    if (known != null) {
      return known;
    }
    if (isFull()) {
      return -1;
    }
    int id = free.isEmpty() ? labels.size() : free.nextSetBit(0);
    if (id == labels.size()) {
      labels.add(null);
    }
    free.clear(id);
    ids.put(values, id);
    TreeMap<String, String> named = new TreeMap<>();
    for (String label : by) {
      if (attributes.get(label) != null) {
        named.put(label, attributes.get(label));
      }
    }
    labels.set(id, Collections.unmodifiableSortedMap(named));
    return id;
  }

  /** The labels of a group. */
  SortedMap<String, String> labels(int id) {
    return labels.get(id);
  }

  /** Forgets the groups that are not in use, so that others may have their numbers. */
  void retain(BitSet used) {
    ids.values().removeIf(id -> !used.get(id));
    for (int id = 0; id < labels.size(); id++) {
      if (!used.get(id)) {
        labels.set(id, null);
        free.set(id);
      }
    }
  }
}
