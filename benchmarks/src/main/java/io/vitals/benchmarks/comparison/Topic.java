/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import io.vitals.benchmarks.peer.Peer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the rounds about one question gave: for each measure and peer a series. */
final class Topic {
  private final String title;
  private final Map<Measure, Map<String, Series>> series = new EnumMap<>(Measure.class);
  private final Map<String, String> failures = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  Topic(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  void add(Measure measure, String peer, double value) {
    series
        .computeIfAbsent(measure, any -> new LinkedHashMap<>())
        .computeIfAbsent(peer, any -> Series.of())
        .add(value);
  }

  /** Something that the reader has to know about the figures. */
  void note(String note) {
    if (!notes.contains(note)) {
      notes.add(note);
    }
  }

  /** Takes the peer out: no figure of an agent that did not do its work is reported. */
  void fail(String peer, String reason) {
    failures.putIfAbsent(peer, reason);
    series.values().forEach(byPeer -> byPeer.remove(peer));
  }

  boolean hasFailed(String peer) {
    return failures.containsKey(peer);
  }

  Map<String, String> failures() {
    return failures;
  }

  List<String> notes() {
    return notes;
  }

  /** The measures that the baseline or, of what agents send, any peer has. */
  List<Measure> measures() {
    return series.entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The peers that have a series of anything, in the order of the first round. */
  List<String> peers() {
    return series.values().stream().flatMap(byPeer -> byPeer.keySet().stream()).distinct().toList();
  }

  /** The series, or null. */
  Series series(Measure measure, String peer) {
    return series.getOrDefault(measure, Map.of()).get(peer);
  }

  /** What the peer adds, or null if the peer or the baseline was not measured. */
  Added added(Measure measure, String peer) {
    Series baseline = series(measure, Peer.NONE);
    Series own = series(measure, peer);
    if (baseline == null || own == null) {
      return null;
    }
    return measure.isCounted() ? Added.counted(baseline, own) : Added.of(baseline, own);
  }
}
