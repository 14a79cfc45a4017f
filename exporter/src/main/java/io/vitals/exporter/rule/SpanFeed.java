/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import io.opentelemetry.api.common.Attributes;
import io.vitals.exporter.aggregate.DistributionSum;
import io.vitals.exporter.aggregate.Interval;
import io.vitals.exporter.aggregate.Metric;
import io.vitals.exporter.aggregate.Series;
import io.vitals.exporter.aggregate.SeriesInterval;
import io.vitals.exporter.metric.SeriesAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Brings the intervals of spans to the groups that read them. */
final class SpanFeed {
  /** Three metrics of 2,000 series each, and three of 512 pools each. */
  static final int MOST_SERIES = 8192;

  private static final Group[] NONE = new Group[0];

  private final Map<Metric, List<Source>> sources = new EnumMap<>(Metric.class);
  private final Room room;
  private final DistributionSum scratch;
  private final Map<Series, Place> places = new HashMap<>();
  private final List<Group> touched = new ArrayList<>();
  private long intervals;
  private long sweptAt = -1;

  SpanFeed(Collection<Source> all, Room room, DistributionSum scratch) {
    this.room = room;
    this.scratch = scratch;
    for (Source source : all) {
      if (source.metric.spans != null) {
        sources.computeIfAbsent(source.metric.spans, added -> new ArrayList<>()).add(source);
      }
    }
  }

  /** Where a series belongs. */
  private static final class Place {
    final Group[] groups;
    long interval;

    Place(Group[] groups) {
      this.groups = groups;
    }
  }

  void add(Interval interval) {
    if (sources.isEmpty()) {
      return;
    }
    intervals++;
    List<SeriesInterval> all = interval.series();
    for (int i = 0; i < all.size(); i++) {
      SeriesInterval of = all.get(i);
      Place place = place(of.series());
      place.interval = intervals;
      for (Group group : place.groups) {
        add(of, group);
      }
    }
    for (int i = 0; i < touched.size(); i++) {
      Group group = touched.get(i);
      group.pending.merge(scratch);
      group.track.add(interval.startEpochNanos(), interval.endEpochNanos(), group.pending);
      group.pending.clear();
      group.isTouched = false;
    }
    touched.clear();
  }

  private void add(SeriesInterval of, Group group) {
    boolean isFailed = !of.series().isOverflow() && of.series().errorType() != null;
    long slow = group.source.slowNanos;
    long bad = slow >= 0 ? of.distribution().countAbove(slow) : isFailed ? of.count() : 0;
    group.pending.addSpans(of, isFailed, bad, group.source.retention().distributions);
    if (!group.isTouched) {
      group.isTouched = true;
      touched.add(group);
    }
  }

  private Place place(Series series) {
    Place known = places.get(series);
    if (known != null) {
      return known;
    }
    if (places.size() >= MOST_SERIES && !sweep()) {
      room.refuse();
      return new Place(groups(series.metric(), overflow()));
    }
    Place made = new Place(groups(series.metric(), attributes(series)));
    places.put(series, made);
    return made;
  }

  /** Forgets series that nothing came for of late. */
  private boolean sweep() {
    if (sweptAt != intervals) {
      sweptAt = intervals;
      places.values().removeIf(place -> place.interval < intervals - 1);
    }
    return places.size() < MOST_SERIES;
  }

  private Group[] groups(Metric metric, Map<String, String> attributes) {
    List<Group> all = new ArrayList<>();
    for (Source source : sources.getOrDefault(metric, Collections.<Source>emptyList())) {
      Group group = source.group(attributes);
      if (group != null) {
        all.add(group);
      }
    }
    return all.toArray(NONE);
  }

  private static Map<String, String> overflow() {
    return Collections.singletonMap("otel.metric.overflow", "true");
  }

  private static Map<String, String> attributes(Series series) {
    return texts(SeriesAttributes.of(series));
  }

  /** Attributes as labels: all values as text. */
  static Map<String, String> texts(Attributes attributes) {
    Map<String, String> texts = new HashMap<>();
    attributes.forEach((key, value) -> texts.put(key.getKey(), String.valueOf(value)));
    return texts;
  }

  /** Forgets where series belong, as groups have been forgotten. */
  void forgetSeries() {
    places.clear();
  }
}
