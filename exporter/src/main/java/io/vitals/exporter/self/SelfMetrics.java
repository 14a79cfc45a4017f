/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.self;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static io.opentelemetry.sdk.metrics.InstrumentType.OBSERVABLE_COUNTER;
import static io.opentelemetry.sdk.metrics.InstrumentType.OBSERVABLE_UP_DOWN_COUNTER;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.exporter.otlp.ExportForm;
import io.vitals.exporter.otlp.Instrument;
import io.vitals.exporter.otlp.MetricSource;
import io.vitals.exporter.otlp.Pipeline;
import io.vitals.exporter.queue.Handoff;
import io.vitals.exporter.trace.KeptSpans;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What the agent says of itself: spans, losses by reason, queues, weaving, own threads.
 *
 * <p>A span is counted as started when it has ended and was drained: counting earlier would cost
 * the application's threads. So {@code otel.sdk.span.live} is not given.
 */
public final class SelfMetrics implements MetricSource {
  private static final AttributeKey<String> REASON = stringKey("reason");
  private static final AttributeKey<String> SIGNAL = stringKey("signal");
  private static final AttributeKey<String> HOOK = stringKey("hook");
  private static final AttributeKey<String> QUEUE = stringKey("queue");
  private static final AttributeKey<String> RESULT = stringKey("otel.span.sampling_result");
  private static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");
  private static final Attributes NONE = Attributes.empty();

  private final Resource resource;
  private final InstrumentationScopeInfo scope;
  private final ExportForm form;
  private final long startEpochNanos;
  private final Counters counters;
  private final Handoff handoff;
  private final KeptSpans kept;
  private final Pipeline pipeline;
  private final WeavingCounts weaving;
  private final OwnThreads threads;
  private final List<Instrument> instruments = new ArrayList<>();

  private final Instrument started;
  private final Instrument exported;
  private final Instrument inFlight;
  private final Instrument pointsExported;
  private final Instrument pointsInFlight;
  private final Instrument alertsExported;
  private final Instrument keptSpans;
  private final Instrument rescued;
  private final Instrument depth;
  private final Instrument failures;
  private final Instrument hookFailures;
  private final Instrument cpu;
  private final Instrument allocated;
  private final Instrument transformed;
  private final Instrument transformTime;
  private final Instrument applied;
  private final Instrument refused;

  /** Makes the metrics of these parts; {@code weaving} may be null. */
  public SelfMetrics(
      Resource resource,
      InstrumentationScopeInfo scope,
      ExportForm form,
      long startEpochNanos,
      Counters counters,
      Handoff handoff,
      KeptSpans kept,
      Pipeline pipeline,
      WeavingCounts weaving) {
    this.resource = resource;
    this.scope = scope;
    this.form = form;
    this.startEpochNanos = startEpochNanos;
    this.counters = counters;
    this.handoff = handoff;
    this.kept = kept;
    this.pipeline = pipeline;
    this.weaving = weaving;
    this.threads = ownThreads();
    started = counter("otel.sdk.span.started", "{span}", "The number of created spans.");
    exported =
        counter(
            "otel.sdk.exporter.span.exported",
            "{span}",
            "The number of spans for which the export has finished, either successful or failed.");
    inFlight =
        level(
            "otel.sdk.exporter.span.inflight",
            "{span}",
            "The number of spans which were passed to the exporter, but that have not been exported"
                + " yet (neither successful, nor failed).");
    pointsExported =
        counter(
            "otel.sdk.exporter.metric_data_point.exported",
            "{data_point}",
            "The number of metric data points for which the export has finished, either successful"
                + " or failed.");
    pointsInFlight =
        level(
            "otel.sdk.exporter.metric_data_point.inflight",
            "{data_point}",
            "The number of metric data points which were passed to the exporter, but that have not"
                + " been exported yet (neither successful, nor failed).");
    alertsExported =
        counter(
            "otel.sdk.exporter.log.exported",
            "{log_record}",
            "The number of log records for which the export has finished, either successful or"
                + " failed.");
    keptSpans = counter("vitals.agent.spans.kept", "{span}", "Spans handed to the export side.");
    rescued = counter("vitals.agent.traces.rescued", "{trace}", "Traces kept for their outcome.");
    depth = level("vitals.agent.queue.depth", "{item}", "What waits in the agent's queues.");
    failures =
        counter("vitals.agent.export.failures", "{item}", "What was not exported, by reason.");
    hookFailures =
        counter("vitals.agent.hook.failures", "{failure}", "Failures kept from the application.");
    cpu = counter("vitals.agent.cpu.time", "s", "Processor time of the agent's own threads.");
    allocated = counter("vitals.agent.allocated", "By", "Bytes the agent's own threads allocated.");
    transformed = counter("vitals.agent.classes.transformed", "{class}", "Classes woven.");
    transformTime = counter("vitals.agent.transform.time", "s", "Time weaving took.");
    applied = counter("vitals.agent.hooks.applied", "{class}", "Classes each hook was woven into.");
    refused = counter("vitals.agent.hooks.refused", "{class}", "Classes left alone, by reason.");
  }

  private static OwnThreads ownThreads() {
    try {
      return new OwnThreads();
    } catch (LinkageError noManagement) {
      return null;
    }
  }

  private Instrument counter(String name, String unit, String description) {
    return make(OBSERVABLE_COUNTER, name, unit, description);
  }

  private Instrument level(String name, String unit, String description) {
    return make(OBSERVABLE_UP_DOWN_COUNTER, name, unit, description);
  }

  private Instrument make(InstrumentType type, String name, String unit, String description) {
    Instrument made = new Instrument(type, name, unit, description, form, startEpochNanos);
    instruments.add(made);
    return made;
  }

  @Override
  public void collect(long now, Collection<MetricData> into) {
    spans(now);
    depth.put(now, Attributes.of(QUEUE, "handoff"), (long) handoff.depth());
    depth.put(now, Attributes.of(QUEUE, "spill"), (long) handoff.spillDepth());
    depth.put(now, Attributes.of(QUEUE, "export"), (long) kept.size());
    put(hookFailures, now, HOOK, handoff.failures().counts());
    if (threads != null) {
      threads.look();
      cpu.put(now, NONE, threads.cpuSeconds());
      allocated.put(now, NONE, threads.allocatedBytes());
    }
    if (weaving != null) {
      transformed.put(now, NONE, weaving.transformedClasses());
      transformTime.put(now, NONE, weaving.transformNanos() / 1e9);
      put(applied, now, HOOK, weaving.appliedByHook());
      put(refused, now, REASON, weaving.refusedByReason());
    }
    for (Instrument instrument : instruments) {
      instrument.flushInto(into, resource, scope, now);
    }
  }

  private void spans(long now) {
    started.put(now, Attributes.of(RESULT, "RECORD_AND_SAMPLE"), counters.sampledSpans());
    started.put(now, Attributes.of(RESULT, "DROP"), counters.unsampledSpans());
    keptSpans.put(now, NONE, counters.keptSpans());
    rescued.put(now, NONE, counters.rescuedTraces());
    exported.put(now, NONE, pipeline.spansExported());
    inFlight.put(now, NONE, (long) pipeline.spansInFlight());
    put(exported, now, ERROR_TYPE, pipeline.spanFailures().counts());
    pointsExported.put(now, NONE, pipeline.pointsExported());
    pointsInFlight.put(now, NONE, (long) pipeline.pointsInFlight());
    put(pointsExported, now, ERROR_TYPE, pipeline.metricFailures().counts());
    losses(now, "traces", pipeline.spanFailures().counts());
    losses(now, "metrics", pipeline.metricFailures().counts());
    alertsExported.put(now, NONE, pipeline.alertsExported());
    put(alertsExported, now, ERROR_TYPE, pipeline.alertFailures().counts());
    losses(now, "logs", pipeline.alertFailures().counts());
  }

  private void losses(long now, String signal, Map<String, Long> counts) {
    counts.forEach(
        (reason, count) -> failures.put(now, Attributes.of(SIGNAL, signal, REASON, reason), count));
  }

  private static void put(
      Instrument into, long now, AttributeKey<String> key, Map<String, Long> counts) {
    counts.forEach((name, count) -> into.put(now, Attributes.of(key, name), count));
  }
}
