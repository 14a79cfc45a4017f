/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableDoublePointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableGaugeData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableLongPointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableMetricData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableSumData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One counter, up-down counter or gauge that is read when an export is due.
 *
 * <p>The values put in are totals since the start; a counter gives differences where the exporter
 * wants delta. Confined to the export thread.
 */
public final class Instrument {
  private final InstrumentType type;
  private final String name;
  private final String unit;
  private final String description;
  private final boolean delta;
  private final List<LongPointData> longs = new ArrayList<>();
  private final List<DoublePointData> doubles = new ArrayList<>();
  private final Map<Attributes, Number> before = new HashMap<>();
  private long startEpochNanos;

  /**
   * Describes an instrument.
   *
   * @param type one of the observable types
   * @param startEpochNanos since when values are totals
   */
  public Instrument(
      InstrumentType type,
      String name,
      String unit,
      String description,
      ExportForm form,
      long startEpochNanos) {
    this.type = type;
    this.name = name;
    this.unit = unit;
    this.description = description;
    this.delta = type == InstrumentType.OBSERVABLE_COUNTER && form.delta(type);
    this.startEpochNanos = startEpochNanos;
  }

  /** Notes the value of a series; each series once a collection. */
  public void put(long nowEpochNanos, Attributes attributes, long value) {
    long shown = value;
    if (delta) {
      Number last = before.put(attributes, value);
      shown = last == null ? value : value - last.longValue();
    }
    longs.add(ImmutableLongPointData.create(startEpochNanos, nowEpochNanos, attributes, shown));
  }

  /** Notes the value of a series; each series once a collection. */
  public void put(long nowEpochNanos, Attributes attributes, double value) {
    double shown = value;
    if (delta) {
      Number last = before.put(attributes, value);
      shown = last == null ? value : value - last.doubleValue();
    }
    doubles.add(ImmutableDoublePointData.create(startEpochNanos, nowEpochNanos, attributes, shown));
  }

  /** Adds what was put since the last time, if anything was. */
  public void flushInto(
      Collection<MetricData> into,
      Resource resource,
      InstrumentationScopeInfo scope,
      long nowEpochNanos) {
    if (!longs.isEmpty()) {
      List<LongPointData> points = new ArrayList<>(longs);
      into.add(
          type == InstrumentType.OBSERVABLE_GAUGE
              ? ImmutableMetricData.createLongGauge(
                  resource, scope, name, description, unit, ImmutableGaugeData.create(points))
              : ImmutableMetricData.createLongSum(
                  resource,
                  scope,
                  name,
                  description,
                  unit,
                  ImmutableSumData.create(isMonotonic(), temporality(), points)));
    }
    if (!doubles.isEmpty()) {
      List<DoublePointData> points = new ArrayList<>(doubles);
      into.add(
          type == InstrumentType.OBSERVABLE_GAUGE
              ? ImmutableMetricData.createDoubleGauge(
                  resource, scope, name, description, unit, ImmutableGaugeData.create(points))
              : ImmutableMetricData.createDoubleSum(
                  resource,
                  scope,
                  name,
                  description,
                  unit,
                  ImmutableSumData.create(isMonotonic(), temporality(), points)));
    }
    longs.clear();
    doubles.clear();
    if (delta) {
      startEpochNanos = nowEpochNanos;
    }
  }

  private boolean isMonotonic() {
    return type == InstrumentType.OBSERVABLE_COUNTER;
  }

  private AggregationTemporality temporality() {
    return delta ? AggregationTemporality.DELTA : AggregationTemporality.CUMULATIVE;
  }
}
