/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.vitals.exporter.span.EpochClock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Exports what all metric sources give, once an interval. */
final class MetricExport {
  /** The specification's {@code otel.metric.export.timeout}. */
  private static final long TIMEOUT_NANOS = 30_000_000_000L;

  private final List<MetricSource> sources = new ArrayList<>();
  private final List<MetricExporter> exporters;
  private final List<SignalExport<MetricData>> exports = new ArrayList<>();
  private final SignalFailures failures;
  private final EpochClock clock;
  private final LongSupplier nanoClock;
  private final long intervalNanos;
  private long dueNanos;

  MetricExport(
      List<MetricExporter> exporters,
      EpochClock clock,
      long startNanos,
      long intervalNanos,
      LossLog losses,
      LongSupplier nanoClock) {
    this.exporters = exporters;
    this.clock = clock;
    this.nanoClock = nanoClock;
    this.intervalNanos = intervalNanos;
    this.dueNanos = startNanos + intervalNanos;
    this.failures = new SignalFailures("metrics", losses);
    for (MetricExporter exporter : exporters) {
      exports.add(new SignalExport<>(exporter::export, TIMEOUT_NANOS, nanoClock, failures));
    }
  }

  void add(MetricSource source) {
    sources.add(source);
  }

  /** Sends the metrics if they are due; returns how many. */
  int work() {
    long now = nanoClock.getAsLong();
    boolean free = isFree();
    if (now - dueNanos < 0 || !free) {
      return 0;
    }
    // After a pause of the process the next interval is a whole one.
    dueNanos = Math.max(dueNanos + intervalNanos, now + intervalNanos / 2);
    return send();
  }

  private boolean isFree() {
    boolean free = true;
    for (SignalExport<MetricData> export : exports) {
      free &= export.isFree();
    }
    return free;
  }

  private int send() {
    List<MetricData> points = collect();
    if (!points.isEmpty()) {
      for (SignalExport<MetricData> export : exports) {
        export.send(points);
      }
    }
    return points.size();
  }

  private List<MetricData> collect() {
    clock.adjust();
    long now = clock.epochNanos(nanoClock.getAsLong());
    List<MetricData> points = new ArrayList<>();
    for (MetricSource source : sources) {
      try {
        source.collect(now, points);
      } catch (Throwable failure) {
        failures.lost("collecting", 1, failure);
      }
    }
    return points;
  }

  /** Sends the metrics now, without waiting for them; {@link #await} does. */
  void startFlush(Patience patience) {
    if (exports.isEmpty()) {
      return;
    }
    await(patience);
    if (isFree()) {
      send();
    }
  }

  void await(Patience patience) {
    for (SignalExport<MetricData> export : exports) {
      export.await(patience.deadlineNanos(export.lastSucceeded()));
    }
  }

  void shutdown() {
    for (MetricExporter exporter : exporters) {
      exporter.shutdown();
    }
  }

  SignalFailures failures() {
    return failures;
  }
}
