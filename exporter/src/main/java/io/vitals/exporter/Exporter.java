/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.bootstrap.ActiveRequests;
import io.vitals.bootstrap.Settings;
import io.vitals.exporter.aggregate.Aggregator;
import io.vitals.exporter.aggregate.AggregatorOptions;
import io.vitals.exporter.aggregate.DrainWorker;
import io.vitals.exporter.alert.AlertChannels;
import io.vitals.exporter.alert.AlertEvent;
import io.vitals.exporter.alert.OwnMetrics;
import io.vitals.exporter.config.Config;
import io.vitals.exporter.history.History;
import io.vitals.exporter.metric.ActiveRequestLevels;
import io.vitals.exporter.metric.ConnectionPoolLevels;
import io.vitals.exporter.metric.LatencyProducer;
import io.vitals.exporter.otlp.EventQueue;
import io.vitals.exporter.otlp.ExportForm;
import io.vitals.exporter.otlp.ExportWorker;
import io.vitals.exporter.otlp.MetricSource;
import io.vitals.exporter.otlp.Pipeline;
import io.vitals.exporter.queue.Handoff;
import io.vitals.exporter.resource.Surroundings;
import io.vitals.exporter.runtime.JvmMetrics;
import io.vitals.exporter.self.Counters;
import io.vitals.exporter.self.LossMetrics;
import io.vitals.exporter.self.SelfMetrics;
import io.vitals.exporter.self.WeavingCounts;
import io.vitals.exporter.span.EpochClock;
import io.vitals.exporter.time.SteadyClock;
import io.vitals.exporter.trace.KeptSpans;
import io.vitals.exporter.work.WorkerThread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Everything behind the hand-off: drains it, aggregates, exports.
 *
 * <p>Started once, on any thread; {@link #start} loads little and returns at once. The SDK and its
 * exporters are loaded on the export thread when the first batch or interval is due, or when the
 * exporter is flushed or closed.
 */
public final class Exporter {
  /** Spans drained at once while closing; between two steps others get the lock. */
  private static final int DRAIN_STEP = 8192;

  /** What channels may take at the exit to say what is still to be said. */
  private static final long CHANNELS_CLOSE_MILLIS = 1_000;

  private static final String SCHEMA = "https://opentelemetry.io/schemas/1.44.0";

  private final Config config;
  private final Handoff handoff;
  private final Counters counters;
  private final WeavingCounts weaving;
  private final KeptSpans kept;
  private final ExportForm form;
  private final AggregatorOptions options;
  private final Aggregator aggregator;
  private final InstrumentationScopeInfo scope;

  /** Made at the start, so that nothing is missing in the first export; null without metrics. */
  private final LatencyProducer latencies;

  private final EventQueue eventQueue = new EventQueue();

  /** Null where alerts are switched off. */
  private final Watch watch;

  private final ExportWorker exports;

  /** Of the spans; the steady one is everything else's. */
  private final EpochClock clock = new EpochClock();

  private final SteadyClock steadyClock = new SteadyClock();
  private final long startNanos = System.nanoTime();
  private final WorkerThread drain;
  private final WorkerThread export;
  private final WorkerThread evaluation;
  private Resource resource;
  private int problemsSaid;
  private volatile boolean closed;

  private Exporter(
      Config config,
      Handoff handoff,
      Counters counters,
      WeavingCounts weaving,
      AlertChannels channels,
      OwnMetrics own) {
    this.config = config;
    // The start-up line has said those.
    this.problemsSaid = config.problems().size();
    this.handoff = handoff;
    this.counters = counters;
    this.weaving = weaving;
    this.form = ExportForm.of(config);
    this.options = AggregationSettings.of(config, form);
    this.kept = new KeptSpans(KeptSpans.capacity(config), counters);
    this.aggregator = new Aggregator(options, handoff, kept, counters, steadyClock);
    this.scope = InstrumentationScopeInfo.create("io.vitals", Version.get(), SCHEMA);
    this.latencies =
        exportsMetrics(config) ? new LatencyProducer(aggregator, options, scope) : null;
    this.watch =
        config.flag("vitals.alerts.enabled", true)
            ? new Watch(
                config,
                aggregator,
                eventQueue,
                counters,
                scope,
                steadyClock,
                steadyClock.at(startNanos),
                this::resource,
                channels,
                own)
            : null;
    if (watch == null && config.origin("vitals.extensions") != null) {
      config.problem("vitals.extensions", "no vitals.alerts.enabled=false beside it", "none");
    }
    this.exports = new ExportWorker(config, kept, eventQueue, this::pipeline, System::nanoTime);
    this.drain = WorkerThread.start(new DrainWorker(aggregator, handoff, exports::spansCame));
    this.export = WorkerThread.start(exports);
    this.evaluation = watch == null ? null : WorkerThread.start(watch.worker());
  }

  /** Found out once, by the first thread that asks. */
  private synchronized Resource resource() {
    if (resource == null) {
      resource = Surroundings.detect(config, scope.getVersion());
    }
    return resource;
  }

  /**
   * Starts to work through what is handed off.
   *
   * @param handoff where spans come from; what it holds already is taken too
   * @param counters the counters that the hand-off counts with
   * @param weaving what weaving did so far, or null
   */
  public static Exporter start(
      Config config, Handoff handoff, Counters counters, WeavingCounts weaving) {
    return start(config, handoff, counters, weaving, null, null);
  }

  /**
   * As {@link #start(Config, Handoff, Counters, WeavingCounts)}, with somebody who tells people of
   * alerts, and with metrics that somebody else brings.
   */
  public static Exporter start(
      Config config,
      Handoff handoff,
      Counters counters,
      WeavingCounts weaving,
      AlertChannels channels,
      OwnMetrics own) {
    return new Exporter(config, handoff, counters, weaving, channels, own);
  }

  /** Says which values could not be used, among those that only the export reads. */
  private synchronized void sayProblems() {
    List<String> problems = config.problems();
    for (; problemsSaid < problems.size(); problemsSaid++) {
      LoggerFactory.getLogger(Exporter.class).warn(problems.get(problemsSaid));
    }
  }

  /** On the export thread. */
  private Pipeline pipeline(boolean onlyOnce) {
    Pipeline pipeline =
        new Pipeline(
            config,
            kept,
            eventQueue,
            clock,
            steadyClock,
            resource(),
            scope,
            onlyOnce,
            startNanos,
            System::nanoTime);
    if (latencies != null) {
      addSources(pipeline, resource());
    }
    if (watch != null) {
      ownSources(pipeline, Resource.empty(), ExportForm.CUMULATIVE).forEach(watch::reads);
    }
    sayProblems();
    return pipeline;
  }

  private void addSources(Pipeline pipeline, Resource resource) {
    pipeline.add((now, into) -> into.addAll(latencies.produce(resource)));
    long startEpochNanos = steadyClock.at(startNanos);
    if (exportsJvm(config)) {
      JvmMetrics jvm = JvmMetrics.ifPresent(resource, scope, form, startEpochNanos);
      if (jvm != null) {
        pipeline.add(jvm);
      } else {
        JvmMetrics.sayMissing();
      }
    }
    if (watch != null) {
      watch.addSources(pipeline, resource, form);
    }
    pipeline.add(new ConnectionPoolLevels(resource, scope, form, startEpochNanos));
    pipeline.add(new LossMetrics(resource, scope, form, startEpochNanos, counters));
    ownSources(pipeline, resource, form).forEach(pipeline::add);
  }

  /** What the agent says of itself; each reader has its own, because deltas have a past. */
  private List<MetricSource> ownSources(Pipeline pipeline, Resource resource, ExportForm of) {
    List<MetricSource> sources = new ArrayList<>();
    long startEpochNanos = steadyClock.at(startNanos);
    ActiveRequests active = Settings.current.activeRequests;
    if (active != null) {
      sources.add(new ActiveRequestLevels(active, resource, scope, of, startEpochNanos));
    }
    sources.add(
        new SelfMetrics(
            resource, scope, of, startEpochNanos, counters, handoff, kept, pipeline, weaving));
    return sources;
  }

  /** Whether the JVM's own metrics are exported, not only read by rules. */
  static boolean exportsJvm(Config config) {
    return exportsMetrics(config)
        && config.hookEnabled(Arrays.asList("runtime-telemetry", "runtime-telemetry-java8"), true);
  }

  private static boolean exportsMetrics(Config config) {
    List<String> names = config.list("otel.metrics.exporter", Collections.singletonList("otlp"));
    return !(names.size() == 1 && names.get(0).equalsIgnoreCase("none"));
  }

  /** How everything is doing, as JSON; null where alerts are switched off. */
  public String health() {
    return watch == null ? null : watch.health().report().toJson();
  }

  /** The newest events of the alerts that are not over. */
  public List<AlertEvent> alerts() {
    return watch == null ? Collections.<AlertEvent>emptyList() : watch.alerts();
  }

  /** Ends an alert because a person says so, if it fires; nothing where alerts are switched off. */
  public void resolve(String fingerprint, String by, long epochNanos) {
    if (watch != null) {
      watch.resolve(fingerprint, by, epochNanos);
    }
  }

  /** What was in the last day; null where alerts are switched off. */
  public History history() {
    return watch == null ? null : watch.history();
  }

  /** The exact durations of the running process. */
  public Aggregator aggregator() {
    return aggregator;
  }

  /**
   * Sends everything there is; for tests and for people who ask.
   *
   * @return whether that ended in time, be it by success or failure
   */
  public boolean flush(long timeoutMillis) {
    drainAll();
    return !closed && exports.flush(TimeUnit.MILLISECONDS.toNanos(timeoutMillis));
  }

  /**
   * Sends what is left and stops; the second time it does nothing.
   *
   * @param timeoutMillis the most it takes with a backend that answers; with one that does not it
   *     takes 2 seconds at most
   * @return whether all threads have ended in time
   */
  public boolean close(long timeoutMillis) {
    synchronized (this) {
      if (closed) {
        return true;
      }
      closed = true;
    }
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    // The last interval and its alerts come before the last export.
    boolean ended = evaluation == null || evaluation.stop(timeoutMillis, TimeUnit.MILLISECONDS);
    ended &= drain.stop(timeoutMillis, TimeUnit.MILLISECONDS);
    drainAll();
    if (watch != null) {
      watch.close(Math.min(timeoutMillis, CHANNELS_CLOSE_MILLIS));
    }
    long left = Math.max(1, deadline - System.nanoTime());
    exports.closeWithin(left);
    return ended & export.stop(left, TimeUnit.NANOSECONDS);
  }

  private void drainAll() {
    int steps = 0;
    while (handoff.depth() + handoff.spillDepth() > 0 && steps++ < 16) {
      handoff.drain(DRAIN_STEP);
    }
  }
}
