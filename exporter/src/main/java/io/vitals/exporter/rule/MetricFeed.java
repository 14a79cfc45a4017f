/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Brings collected gauges, sums and histograms to the groups that read them. */
final class MetricFeed {
  /** As many as a metric of ours may have. */
  private static final int MOST_POINTS = 2000;

  private final Map<String, List<Source>> sources = new HashMap<>();
  private final List<Source> all = new ArrayList<>();
  private final Room room;
  private final List<Group> touched = new ArrayList<>();

  MetricFeed(Collection<Source> sourcesOfAllKinds, Room room) {
    this.room = room;
    for (Source source : sourcesOfAllKinds) {
      if (source.metric.spans == null) {
        all.add(source);
        sources.computeIfAbsent(source.metric.name, added -> new ArrayList<>()).add(source);
      }
    }
  }

  void add(Collection<MetricData> collected, long start, long end) {
    for (MetricData metric : collected) {
      List<Source> readers = sources.get(metric.getName());
      for (int i = 0; readers != null && i < readers.size(); i++) {
        add(metric, readers.get(i));
      }
    }
    flush(start, end);
    for (Source source : all) {
      source.hasCollected = true;
    }
  }

  private void flush(long start, long end) {
    for (int i = 0; i < touched.size(); i++) {
      Group group = touched.get(i);
      Source source = group.source;
      Pending pending = group.pending;
      boolean isNow =
          source.metric.kind == MetricKind.GAUGE || source.metric.kind == MetricKind.LEVEL;
      if (isNow) {
        double sum = pending.sum;
        if (source.isSummed) {
          pending.clear();
          pending.addValue(sum);
        }
        pending.last = pending.sum / pending.count;
      }
      group.track.add(isNow ? end : start, end, pending);
      pending.clear();
      group.isTouched = false;
    }
    touched.clear();
  }

  private void add(MetricData metric, Source source) {
    switch (metric.getType()) {
      case LONG_GAUGE:
        values(metric.getLongGaugeData().getPoints(), source, false);
        break;
      case DOUBLE_GAUGE:
        values(metric.getDoubleGaugeData().getPoints(), source, false);
        break;
      case LONG_SUM:
        values(
            metric.getLongSumData().getPoints(),
            source,
            isDelta(metric.getLongSumData().getAggregationTemporality()));
        break;
      case DOUBLE_SUM:
        values(
            metric.getDoubleSumData().getPoints(),
            source,
            isDelta(metric.getDoubleSumData().getAggregationTemporality()));
        break;
      case HISTOGRAM:
        histograms(
            metric.getHistogramData().getPoints(),
            source,
            isDelta(metric.getHistogramData().getAggregationTemporality()));
        break;
      case EXPONENTIAL_HISTOGRAM:
        histograms(
            metric.getExponentialHistogramData().getPoints(),
            source,
            isDelta(metric.getExponentialHistogramData().getAggregationTemporality()));
        break;
      default:
        break;
    }
  }

  private static boolean isDelta(AggregationTemporality temporality) {
    return temporality == AggregationTemporality.DELTA;
  }

  private void values(Collection<? extends PointData> points, Source source, boolean isDelta) {
    for (PointData point : points) {
      double value =
          source.metric.scale
              * (point instanceof LongPointData
                  ? ((LongPointData) point).getValue()
                  : ((DoublePointData) point).getValue());
      Source.Point known = point(point, source);
      if (known == null || Double.isNaN(value)) {
        continue;
      }
      if (source.metric.kind == MetricKind.COUNTER) {
        double before = known.value;
        known.value = value;
        touch(known.group);
        known.group.pending.count++;
        known.group.pending.sum += isDelta ? value : risen(before, value);
      } else if (source.metric.kind != MetricKind.HISTOGRAM) {
        touch(known.group);
        known.group.pending.addValue(value);
      }
    }
  }

  private void histograms(Collection<? extends PointData> points, Source source, boolean isDelta) {
    if (source.metric.kind != MetricKind.HISTOGRAM) {
      return;
    }
    for (PointData point : points) {
      boolean isExponential = point instanceof ExponentialHistogramPointData;
      double count =
          isExponential
              ? ((ExponentialHistogramPointData) point).getCount()
              : ((HistogramPointData) point).getCount();
      double sum =
          source.metric.scale
              * (isExponential
                  ? ((ExponentialHistogramPointData) point).getSum()
                  : ((HistogramPointData) point).getSum());
      Source.Point known = point(point, source);
      if (known == null) {
        continue;
      }
      touch(known.group);
      Pending pending = known.group.pending;
      boolean isNew = isDelta || count < known.count;
      pending.bad++;
      pending.count += isNew ? count : count - known.count;
      pending.sum += isNew ? sum : risen(known.value, sum);
      known.count = count;
      known.value = sum;
    }
  }

  /** What a total has risen by; one that has fallen began anew. */
  private static double risen(double before, double now) {
    return now < before ? now : now - before;
  }

  private void touch(Group group) {
    if (!group.isTouched) {
      group.isTouched = true;
      touched.add(group);
    }
  }

  /** What is known of an attribute set; null if nobody reads it, or it begins to be known. */
  private Source.Point point(PointData data, Source source) {
    Source.Point known = source.points.get(data.getAttributes());
    if (known == null) {
      if (source.points.size() >= MOST_POINTS) {
        room.refuse();
        return null;
      }
      known = new Source.Point();
      source.points.put(data.getAttributes(), known);
      known.group = source.group(SpanFeed.texts(data.getAttributes()));
      if (!source.hasCollected && known.group != null) {
        begin(known, data, source);
      }
    } else if (known.group != null && known.group.isForgotten) {
      known.group = source.group(SpanFeed.texts(data.getAttributes()));
    }
    return known.group == null ? null : known;
  }

  /** What a total held before it was first read came before any window. */
  private static void begin(Source.Point point, PointData data, Source source) {
    if (source.metric.kind == MetricKind.COUNTER) {
      point.value =
          source.metric.scale
              * (data instanceof LongPointData
                  ? ((LongPointData) data).getValue()
                  : ((DoublePointData) data).getValue());
    } else if (data instanceof HistogramPointData) {
      point.value = source.metric.scale * ((HistogramPointData) data).getSum();
      point.count = ((HistogramPointData) data).getCount();
    } else if (data instanceof ExponentialHistogramPointData) {
      point.value = source.metric.scale * ((ExponentialHistogramPointData) data).getSum();
      point.count = ((ExponentialHistogramPointData) data).getCount();
    }
  }
}
