/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import io.opentelemetry.sdk.metrics.data.MetricData;
import io.vitals.exporter.aggregate.DistributionSum;
import io.vitals.exporter.aggregate.Interval;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;

/**
 * The past that expressions read, and their evaluation.
 *
 * <p>Keeps windows only of what the given expressions read, once for all that read the same.
 * Bounded: {@value GroupSpace#MOST_GROUPS} groups for each list of labels, 16 MB in all; what finds
 * no room is counted in {@link #refused}. Confined to one thread.
 *
 * <p>Cost: {@link #add(Interval)} one look-up for each series that something came for, and an
 * addition for each source that reads it; {@link #evaluate} some 100 ns for each group, more for
 * percentiles, which are merged once for all expressions evaluated at the same moment. Evaluating
 * allocates nothing.
 */
public final class Measures {
  private static final long NANOS = 1_000_000_000L;

  /** A group that nothing came for may be forgotten after so long, if another needs its place. */
  private static final long SILENT_NANOS = 3600 * NANOS;

  private final Room room;
  private final DistributionSum scratch;
  private final Track spanTime;
  private final Track otherTime;
  private final Binding binding;
  private final SpanFeed spans;
  private final MetricFeed others;
  private final Pending passed = new Pending();
  private long tick;
  private long now = Long.MIN_VALUE;
  private long tidiedAt = Long.MIN_VALUE;

  /** Begins to keep what these expressions read. */
  public Measures(Collection<Expression> used) {
    this(used, null, new Room());
  }

  Measures(Collection<Expression> used, Measures before, Room room) {
    this.room = room;
    if (before == null) {
      Retention nothing = Retention.of(Collections.<Query>emptyList());
      scratch = new DistributionSum();
      spanTime = new Track(nothing, room, false);
      otherTime = new Track(nothing, room, false);
    } else {
      scratch = before.scratch;
      spanTime = before.spanTime;
      otherTime = before.otherTime;
      now = before.now;
    }
    binding =
        new Binding(
            used, before == null ? null : before.binding, spanTime, otherTime, room, scratch);
    spans = new SpanFeed(binding.sources.values(), room, scratch);
    others = new MetricFeed(binding.sources.values(), room);
  }

  /**
   * What these expressions read from now on, with the past of what both read.
   *
   * <p>The one it is made from must not be used any more.
   */
  public Measures adapt(Collection<Expression> used) {
    Measures next = new Measures(used, this, room);
    binding.sources.forEach(
        (key, source) -> {
          if (!next.binding.sources.containsKey(key)) {
            source.close();
          }
        });
    binding.pasts.forEach(
        (key, pasts) -> {
          if (!next.binding.pasts.containsKey(key)) {
            pasts.close();
          }
        });
    return next;
  }

  /** Adds what all series of spans held in an interval; intervals come in their order. */
  public void add(Interval interval) {
    long start = interval.startEpochNanos();
    long end = interval.endEpochNanos();
    tidy(end);
    spans.add(interval);
    passed.clear();
    passed.sum = Math.max(0, end - start) / (double) NANOS;
    spanTime.add(start, end, passed);
    tick++;
  }

  /**
   * Adds one collection of the other metrics that are read ({@link Expression#metrics}): gauges,
   * sums and histograms, cumulative or delta.
   */
  public void add(Collection<MetricData> collected, long epochNanos) {
    long before = otherTime.end();
    boolean isFirst = before == Long.MIN_VALUE;
    long end = isFirst ? epochNanos : Math.max(before, epochNanos);
    tidy(end);
    others.add(collected, isFirst ? end : before, end);
    passed.clear();
    passed.sum = isFirst ? 0 : (end - before) / (double) NANOS;
    otherTime.add(isFirst ? end : before, end, passed);
    tick++;
  }

  /**
   * Says for which groups a condition holds at a moment.
   *
   * @throws IllegalArgumentException if these measures were not made for the expression, or it is
   *     no condition
   */
  public void evaluate(Expression expression, long nowEpochNanos, Found into) {
    if (!expression.isCondition()) {
      throw new IllegalArgumentException("no condition: " + expression);
    }
    Bound bound = bound(expression, nowEpochNanos);
    bound.check(now, tick, into);
  }

  /**
   * Says the value of each group at a moment.
   *
   * @throws IllegalArgumentException if these measures were not made for the expression, or it is a
   *     condition
   */
  public void values(Expression expression, long nowEpochNanos, Values into) {
    if (expression.isCondition()) {
      throw new IllegalArgumentException("no value: " + expression);
    }
    Bound bound = bound(expression, nowEpochNanos);
    bound.values(now, tick, into);
  }

  private Bound bound(Expression expression, long nowEpochNanos) {
    Bound bound = binding.bounds.get(expression);
    if (bound == null) {
      throw new IllegalArgumentException("nothing is kept for " + expression);
    }
    if (nowEpochNanos != now) {
      now = nowEpochNanos;
      tick++;
    }
    return bound;
  }

  /** How often a group, series or percentile found no room. */
  public long refused() {
    return room.refused();
  }

  /** How many bytes windows take. */
  long bytes() {
    return room.used();
  }

  /** Makes room for new groups where a space is full, at most once a minute. */
  private void tidy(long time) {
    if (tidiedAt != Long.MIN_VALUE && time - tidiedAt < 60 * NANOS && time >= tidiedAt) {
      return;
    }
    tidiedAt = time;
    for (GroupSpace space : binding.spaces.values()) {
      if (space.isFull()) {
        tidy(space, time);
      }
    }
  }

  private void tidy(GroupSpace space, long time) {
    BitSet used = new BitSet();
    for (Source source : binding.sources.values()) {
      if (source.space == space) {
        source.forget(time - Math.max(SILENT_NANOS, source.retention().reach()));
        for (int i = 0; i < source.size(); i++) {
          used.set(source.id(i));
        }
      }
    }
    space.retain(used);
    for (Pasts pasts : binding.pasts.values()) {
      if (pasts.space() == space) {
        pasts.retain(used);
      }
    }
    spans.forgetSeries();
  }
}
