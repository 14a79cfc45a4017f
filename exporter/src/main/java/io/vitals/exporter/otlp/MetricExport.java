/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.sdk.metrics.data.MetricData;
import io.vitals.exporter.span.EpochClock;
import io.vitals.exporter.time.SteadyClock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Exports what all metric sources give, once an interval. */
final class MetricExport {
  private final List<MetricSource> sources = new ArrayList<>();
  private final List<SignalExport<MetricData>> exports = new ArrayList<>();
  private final SignalFailures failures;
  private final EpochClock clock;
  private final SteadyClock steadyClock;
  private final PointTimes times;
  private final LongSupplier nanoClock;
  private final long intervalNanos;
  private long dueNanos;

  MetricExport(
      List<Destination<MetricData>> destinations,
      EpochClock clock,
      SteadyClock steadyClock,
      long startNanos,
      long intervalNanos,
      long timeoutNanos,
      SignalFailures failures,
      LongSupplier nanoClock) {
    this.clock = clock;
    this.steadyClock = steadyClock;
    this.times = new PointTimes(steadyClock.at(startNanos));
    this.nanoClock = nanoClock;
    this.intervalNanos = intervalNanos;
    this.dueNanos = startNanos + intervalNanos;
    this.failures = failures;
    for (Destination<MetricData> destination : destinations) {
      exports.add(new SignalExport<>(destination, timeoutNanos, nanoClock, failures));
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
    List<MetricData> metrics = collect();
    if (!metrics.isEmpty()) {
      for (SignalExport<MetricData> export : exports) {
        export.send(metrics);
      }
    }
    return metrics.size();
  }

  private List<MetricData> collect() {
    // That of the spans, which would drift while none are sent.
    clock.adjust();
    long now = steadyClock.now();
    List<MetricData> metrics = new ArrayList<>();
    for (MetricSource source : sources) {
      try {
        source.collect(now, metrics);
      } catch (Throwable failure) {
        failures.lost("collecting", 1, failure);
      }
    }
    return times.tell(metrics, now, steadyClock.aheadNanos());
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

  /** Whether each backend took the last metrics; false before the first. */
  boolean lastSucceeded() {
    boolean succeeded = !exports.isEmpty();
    for (SignalExport<MetricData> export : exports) {
      succeeded &= export.lastSucceeded();
    }
    return succeeded;
  }

  void shutdown() {
    for (SignalExport<MetricData> export : exports) {
      export.shutdown();
    }
  }

  /** How many data points the backends took; with two exporters each counts. */
  long exported() {
    long exported = 0;
    for (SignalExport<MetricData> export : exports) {
      exported += export.exported();
    }
    return exported;
  }

  int inFlight() {
    int inFlight = 0;
    for (SignalExport<MetricData> export : exports) {
      inFlight += export.inFlight();
    }
    return inFlight;
  }

  SignalFailures failures() {
    return failures;
  }
}
