/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import io.vitals.exporter.aggregate.DistributionSum;
import java.util.Arrays;

/** What one function says of one source; computed once for each group and evaluation. */
final class Reading {
  private static final double NANOS = 1e9;

  /** So many slots of 512 an octave. */
  private static final int FIVE_PERCENT = 36;

  final Source source;
  private final Query query;
  private final Track timeline;
  private final DistributionSum scratch;
  private final Window window;
  private long windowTick = -1;
  private long[] ticks = new long[1];
  private double[] values = new double[1];
  private long[] samples = new long[1];
  private long tick;

  /** Below which slot of durations a group's quantile was not when it was last computed. */
  private int[] leastSlots = new int[1];

  Reading(Query query, Source source, Track timeline, DistributionSum scratch) {
    this.query = query;
    this.source = source;
    this.timeline = timeline;
    this.scratch = scratch;
    this.window = new Window(query.windowNanos, query.offsetNanos);
    ticks[0] = -1;
  }

  /** Looks from this moment; {@code nextTick} differs if the moment or anything read does. */
  void move(long now, long nextTick) {
    if (windowTick != nextTick) {
      windowTick = nextTick;
      tick = nextTick;
      window.move(timeline, source.since(), now);
    }
  }

  Window window() {
    return window;
  }

  private int place(int group) {
    return source.space.isUngrouped() ? 0 : group;
  }

  /** The value of a group; NaN if too little came. */
  double value(int group) {
    int at = place(group);
    if (at >= ticks.length || ticks[at] != tick) {
      compute(at);
    }
    return values[at];
  }

  /** How many samples are behind the value. */
  long samples(int group) {
    value(group);
    return samples[place(group)];
  }

  private void compute(int at) {
    if (at >= ticks.length) {
      int length = Math.max(at + 1, 2 * ticks.length);
      int before = ticks.length;
      ticks = Arrays.copyOf(ticks, length);
      Arrays.fill(ticks, before, length, -1);
      values = Arrays.copyOf(values, length);
      samples = Arrays.copyOf(samples, length);
      leastSlots = Arrays.copyOf(leastSlots, length);
    }
    ticks[at] = tick;
    samples[at] = 0;
    values[at] = Double.NaN;
    Group group = source.group(at);
    if (group == null) {
      return;
    }
    Track track = group.track;
    if (!query.function.isWindowed(query.metric.kind)) {
      values[at] = valueNow(track);
      samples[at] = !Double.isNaN(values[at]) ? 1 : 0;
    } else if (window.isMeasured) {
      int first = track.first(window.from);
      int last = track.last(window.to);
      samples[at] = (long) track.count(first, last);
      if (samples[at] >= query.minCount) {
        values[at] = overWindow(at, track, first, last);
      }
    }
  }

  private double valueNow(Track track) {
    int last = track.last(window.to);
    if (last < 0 || window.to - track.end(last) > Retention.STALE_NANOS) {
      return Double.NaN;
    }
    boolean isGone = query.offsetNanos == 0 && track.end(last) < timeline.end();
    return isGone ? Double.NaN : track.value(last);
  }

  private double overWindow(int group, Track track, int first, int last) {
    boolean isSpans = query.metric.spans != null;
    double count = track.count(first, last);
    double scale = isSpans ? NANOS : 1;
    switch (query.function) {
      case QUANTILE:
        return quantile(group, track, first, last);
      case MIN:
        return track.min(first, last) / scale;
      case MAX:
        return track.max(first, last) / scale;
      case AVG:
        return count == 0 ? Double.NaN : track.sum(first, last) / count / scale;
      case ERROR_RATE:
      case SLOW_RATE:
        return count == 0 ? Double.NaN : track.bad(first, last) / count;
      case SEEN:
        return query.metric.kind == MetricKind.HISTOGRAM ? track.bad(first, last) : count;
      default:
        return ofTotals(track, first, last, count) / scaleOf(isSpans);
    }
  }

  private double scaleOf(boolean isSpans) {
    return isSpans && query.function == Function.SUM ? NANOS : 1;
  }

  /** Sums, counts and rates: nothing in a time that was measured is 0. */
  private double ofTotals(Track track, int first, int last, double count) {
    boolean isCounter = query.metric.kind == MetricKind.COUNTER;
    double total = isCounter || query.function == Function.SUM ? track.sum(first, last) : count;
    if (query.function != Function.RATE) {
      return total;
    }
    return window.seconds > 0 ? total / window.seconds : Double.NaN;
  }

  /**
   * Reads the longest durations first, and no others unless the quantile has fallen by more than 5
   * % since it was last computed: of a p99 that is one in a hundred.
   */
  private double quantile(int group, Track track, int first, int last) {
    track.addTop(scratch, first, last, leastSlots[group]);
    int slot = scratch.count() == 0 ? -1 : scratch.quantileSlot(query.parameter);
    if (slot < 0 && scratch.count() > 0) {
      scratch.clear();
      track.addTop(scratch, first, last, 0);
      slot = scratch.quantileSlot(query.parameter);
    }
    scratch.clear();
    leastSlots[group] = Math.max(0, slot - FIVE_PERCENT);
    return slot < 0 ? Double.NaN : DistributionSum.nanos(slot) / NANOS;
  }

  /** A kept trace that shows what was measured, or null. */
  Exemplar exemplar(int group) {
    Group of = source.group(place(group));
    if (of == null || query.metric.spans == null) {
      return null;
    }
    int first = of.track.first(window.from);
    int last = of.track.last(window.to);
    return of.track.exemplar(first, last, query.function == Function.ERROR_RATE);
  }
}
