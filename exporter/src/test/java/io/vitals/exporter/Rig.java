/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;
import io.vitals.exporter.aggregate.Aggregator;
import io.vitals.exporter.aggregate.AggregatorOptions;
import io.vitals.exporter.metric.LatencyProducer;
import io.vitals.exporter.queue.Handoff;
import io.vitals.exporter.self.Counters;
import io.vitals.exporter.trace.KeptSpans;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The whole road behind the bridge, with a clock that a test sets. */
public final class Rig {
  public final Counters counters = new Counters();
  public final Handoff handoff;
  public final KeptSpans kept;
  public final SetClock clock = new SetClock();
  public final Aggregator aggregator;
  public final LatencyProducer producer;

  public Rig() {
    this(new AggregatorOptions());
  }

  public Rig(AggregatorOptions options) {
    this(options, Handoff.DEFAULT_CAPACITY, KeptSpans.defaultCapacity());
  }

  public Rig(AggregatorOptions options, int queueCapacity, int keptCapacity) {
    handoff = new Handoff(queueCapacity, counters);
    kept = new KeptSpans(keptCapacity, counters);
    aggregator = new Aggregator(options, handoff, kept, counters, clock);
    producer =
        new LatencyProducer(aggregator, options, InstrumentationScopeInfo.create("io.vitals"));
  }

  /** A finished request that took so long. */
  public static ServerSpan request(String route, int status, long nanos) {
    ServerSpan span = new ServerSpan();
    span.method = "GET";
    span.route = route;
    span.status(status);
    span.root = span;
    span.traceIdHigh = 1;
    span.traceIdLow = 2;
    span.spanId = 3;
    span.startNanos = 1_000;
    span.endNanos = 1_000 + nanos;
    span.bits |= Span.ENDED;
    return span;
  }

  public static ServerSpan sampled(ServerSpan span) {
    span.bits |= Span.SAMPLED | Span.RECORDED;
    return span;
  }

  public void offer(Span span) {
    handoff.offer(span);
  }

  /** Exports, and moves the clock a minute on before. */
  public Collection<MetricData> export() {
    clock.advanceSeconds(60);
    return producer.produce(Resource.empty());
  }

  public List<Span> kept() {
    List<Span> all = new ArrayList<>();
    kept.drainTo(all, Integer.MAX_VALUE);
    return all;
  }

  public static MetricData metric(Collection<MetricData> all, String name) {
    return all.stream().filter(metric -> metric.getName().equals(name)).findFirst().orElseThrow();
  }

  public static HistogramPointData serverPoint(Collection<MetricData> all, String route) {
    return metric(all, "http.server.request.duration").getHistogramData().getPoints().stream()
        .filter(p -> route.equals(p.getAttributes().get(AttributeKey.stringKey("http.route"))))
        .findFirst()
        .orElseThrow();
  }

  public static double percentile(Collection<MetricData> all, String metric, double quantile) {
    var points =
        metric(all, metric + ".percentile").getDoubleGaugeData().getPoints().stream()
            .filter(p -> p.getAttributes().get(AttributeKey.doubleKey("quantile")) == quantile)
            .toList();
    assertThat(points).hasSize(1);
    return points.get(0).getValue();
  }

  /** A clock that stands until it is moved. */
  public static final class SetClock implements Clock {
    private volatile long nanos;

    public void advanceSeconds(long seconds) {
      nanos += seconds * 1_000_000_000L;
    }

    public void advance(long by) {
      nanos += by;
    }

    @Override
    public long now() {
      return 1_700_000_000_000_000_000L + nanos;
    }

    @Override
    public long nanoTime() {
      return nanos;
    }
  }
}
