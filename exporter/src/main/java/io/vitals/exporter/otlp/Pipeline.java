/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.exporter.config.Config;
import io.vitals.exporter.span.EpochClock;
import io.vitals.exporter.span.SpanEncoder;
import io.vitals.exporter.span.SpanMapper;
import io.vitals.exporter.span.SpanOptions;
import io.vitals.exporter.time.SteadyClock;
import io.vitals.exporter.trace.KeptSpans;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The exporters of all signals with what feeds them; made on the export thread when the first
 * export is due, because it brings the SDK in.
 */
public final class Pipeline {
  private final LongSupplier nanoClock;
  private final SpanExport spans;
  private final MetricExport metrics;
  private final EventExport alerts;

  /**
   * Makes the exporters.
   *
   * @param onlyOnce whether the pipeline is made for one last flush
   * @param startNanos the {@code nanoTime} from which the metric interval runs
   */
  public Pipeline(
      Config config,
      KeptSpans kept,
      EventQueue eventQueue,
      EpochClock clock,
      SteadyClock steadyClock,
      Resource resource,
      InstrumentationScopeInfo scope,
      boolean onlyOnce,
      long startNanos,
      LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    LossLog losses = new LossLog(nanoClock);
    ExportersOf exporters = new ExportersOf(config, onlyOnce);
    SpanOptions options = new SpanOptions(config);
    SignalFailures lostSpans = new SignalFailures("spans", "traces", config, losses);
    this.spans =
        new SpanExport(
            kept,
            clock,
            exporters.traces(
                new SpanEncoder(options, clock, resource, scope),
                new SpanMapper(options, clock, resource, scope),
                lostSpans),
            new BatchSizes(config),
            lostSpans,
            nanoClock);
    this.metrics =
        new MetricExport(
            exporters.metrics(),
            clock,
            steadyClock,
            startNanos,
            metricIntervalNanos(config),
            metricTimeoutNanos(config),
            new SignalFailures("data points", "metrics", config, losses),
            nanoClock);
    this.alerts =
        new EventExport(
            eventQueue,
            exporters.alerts(resource, scope),
            metricTimeoutNanos(config),
            new SignalFailures("alerts", "logs", config, losses),
            nanoClock);
  }

  static long metricIntervalNanos(Config config) {
    long millis = config.durationMillis("otel.metric.export.interval", 60_000);
    return TimeUnit.MILLISECONDS.toNanos(Math.max(millis, 1));
  }

  static long metricTimeoutNanos(Config config) {
    return TimeUnit.MILLISECONDS.toNanos(
        config.durationMillis("otel.metric.export.timeout", 30_000));
  }

  /** Adds a source of metrics. */
  public void add(MetricSource source) {
    metrics.add(source);
  }

  /** How many spans were exported. */
  public long spansExported() {
    return spans.exported();
  }

  /** How many spans are being exported. */
  public int spansInFlight() {
    return spans.inFlight();
  }

  /** What was lost of spans. */
  public SignalFailures spanFailures() {
    return spans.failures();
  }

  /** How many data points were exported. */
  public long pointsExported() {
    return metrics.exported();
  }

  /** How many data points are being exported. */
  public int pointsInFlight() {
    return metrics.inFlight();
  }

  /** What was lost of metrics, in data points. */
  public SignalFailures metricFailures() {
    return metrics.failures();
  }

  /** How many alerts were exported. */
  public long alertsExported() {
    return alerts.exported();
  }

  /** What was lost of alerts. */
  public SignalFailures alertFailures() {
    return alerts.failures();
  }

  int work() {
    return alerts.work() + spans.work() + metrics.work();
  }

  /**
   * Sends everything there is; the last time does not wait long for a backend that is not there,
   * and ends with metrics that count what was lost in it.
   */
  void flush(long timeoutNanos, boolean last, long setUpNanos) {
    Patience patience = new Patience(nanoClock, timeoutNanos, last, setUpNanos);
    alerts.flush(patience);
    Map<String, Long> told = spans.failures().counts();
    metrics.startFlush(patience);
    spans.flush(patience);
    metrics.await(patience);
    if (last && metrics.lastSucceeded() && !spans.failures().counts().equals(told)) {
      metrics.startFlush(patience);
      metrics.await(patience);
    }
  }

  void shutdown() {
    alerts.shutdown();
    spans.shutdown();
    metrics.shutdown();
  }
}
