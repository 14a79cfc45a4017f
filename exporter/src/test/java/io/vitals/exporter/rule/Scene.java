/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.exporter.Rig;
import io.vitals.exporter.aggregate.Interval;
import io.vitals.exporter.aggregate.Rollup;
import io.vitals.exporter.otlp.ExportForm;
import io.vitals.exporter.otlp.Instrument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Requests, gauges and time that a test moves, and what expressions say of them. */
final class Scene {
  static final long MILLI = 1_000_000L;

  final Rig rig = new Rig();
  final Rollup rollup = rig.aggregator.rollup();
  final Map<String, Expression> expressions = new TreeMap<>();
  Measures measures;

  /** Makes a scene in which these are evaluated; those without a comparison are values. */
  Scene(String... texts) {
    add(texts);
    measures = new Measures(expressions.values());
  }

  void add(String... texts) {
    for (String text : texts) {
      expressions.put(text, read(text));
    }
  }

  static Expression read(String text) {
    try {
      return text.matches(".*(>|<|==|anomaly|absent).*")
          ? Expression.parse(text)
          : Expression.parseValue(text);
    } catch (ExpressionFault fault) {
      throw new IllegalArgumentException(fault.getMessage(), fault);
    }
  }

  long now() {
    return rig.clock.now();
  }

  /** Requests that took these milliseconds. */
  void requests(String route, int status, long... millis) {
    for (long each : millis) {
      rig.offer(Rig.request(route, status, each * MILLI));
    }
  }

  void sampled(String route, int status, long millis, long traceId) {
    ServerSpan span = Rig.sampled(Rig.request(route, status, millis * MILLI));
    span.traceIdLow = traceId;
    rig.offer(span);
  }

  /** Ends an interval after so many seconds. */
  void pass(long seconds) {
    rig.clock.advanceSeconds(seconds);
    measures.add(interval());
  }

  Interval interval() {
    return rig.aggregator.collect(rollup);
  }

  /** The values of an instrument, given as attribute, value, number, attribute, value, number. */
  static MetricData metric(InstrumentType type, String name, String unit, Object... points) {
    Instrument made = new Instrument(type, name, unit, "", ExportForm.CUMULATIVE, 0);
    for (int i = 0; i < points.length; i += 2) {
      made.put(1, (Attributes) points[i], ((Number) points[i + 1]).doubleValue());
    }
    List<MetricData> all = new ArrayList<>();
    made.flushInto(all, Resource.empty(), InstrumentationScopeInfo.empty(), 1);
    return all.get(0);
  }

  static Attributes with(String... pairs) {
    AttributesBuilder all = Attributes.builder();
    for (int i = 0; i < pairs.length; i += 2) {
      all.put(AttributeKey.stringKey(pairs[i]), pairs[i + 1]);
    }
    return all.build();
  }

  void collect(long seconds, MetricData... metrics) {
    rig.clock.advanceSeconds(seconds);
    measures.add(Arrays.asList(metrics), now());
  }

  /** The only value of an expression without groups. */
  double value(String text) {
    return values(text).get(new TreeMap<String, String>());
  }

  Map<SortedMap<String, String>, Double> values(String text) {
    Map<SortedMap<String, String>, Double> all = new java.util.HashMap<>();
    measures.values(
        expressions.get(text), now(), (labels, value, samples) -> all.put(labels, value));
    return all;
  }

  Outcome check(String text) {
    Outcome outcome = new Outcome();
    measures.evaluate(expressions.get(text), now(), outcome);
    return outcome;
  }

  /** What an evaluation found. */
  static final class Outcome implements Found {
    final List<SortedMap<String, String>> held = new ArrayList<>();
    final List<SortedMap<String, String>> unknown = new ArrayList<>();
    double value = Double.NaN;
    double threshold = Double.NaN;
    long samples = -1;
    Exemplar exemplar;

    @Override
    public void found(
        SortedMap<String, String> labels, double v, double limit, long n, Exemplar shown) {
      held.add(labels);
      value = v;
      threshold = limit;
      samples = n;
      exemplar = shown;
    }

    @Override
    public void unknown(SortedMap<String, String> labels) {
      unknown.add(labels);
    }

    /** {@code yes}, {@code no} or {@code unknown}, of an expression without groups. */
    String answer() {
      return held.isEmpty() ? unknown.isEmpty() ? "no" : "unknown" : "yes";
    }
  }
}
