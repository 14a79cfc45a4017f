/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.vitals.bootstrap.Span;
import io.vitals.exporter.span.SpanMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** An exporter of the SDK, which gets the SDK's data. */
final class SdkDestination<T, D> implements Destination<T> {
  /** Makes of a batch what the SDK takes. */
  interface Mapping<T, D> {
    List<D> map(List<T> batch);

    /** How much a mapped batch counts. */
    int items(List<D> mapped);
  }

  private final Object exporter;
  private final Mapping<T, D> mapping;
  private final Function<Collection<D>, CompletableResultCode> export;
  private final Runnable shutdown;
  private final Responses responses;

  private SdkDestination(
      Object exporter,
      Mapping<T, D> mapping,
      Function<Collection<D>, CompletableResultCode> export,
      Runnable shutdown,
      Responses responses) {
    this.exporter = exporter;
    this.mapping = mapping;
    this.export = export;
    this.shutdown = shutdown;
    this.responses = responses;
  }

  static Destination<Span> of(
      SpanExporter exporter, SpanMapper mapper, SignalFailures failures, Responses responses) {
    return new SdkDestination<>(
        exporter, new Spans(mapper, failures), exporter::export, exporter::shutdown, responses);
  }

  static Destination<MetricData> of(MetricExporter exporter, Responses responses) {
    return new SdkDestination<>(
        exporter, new Metrics(), exporter::export, exporter::shutdown, responses);
  }

  static Destination<LogEvent> of(
      LogRecordExporter exporter,
      Resource resource,
      InstrumentationScopeInfo scope,
      Responses responses) {
    return new SdkDestination<>(
        exporter, new Events(resource, scope), exporter::export, exporter::shutdown, responses);
  }

  @Override
  public Underway send(List<T> batch, long nowNanos) {
    responses.take();
    List<D> mapped = mapping.map(batch);
    return new Underway(export.apply(mapped), mapping.items(mapped), nowNanos);
  }

  @Override
  public PartialSuccess response() {
    return responses.take();
  }

  @Override
  public void shutdown() {
    shutdown.run();
  }

  @Override
  public String toString() {
    return exporter.toString();
  }

  /** Leaves out, and counts, a span that cannot be mapped. */
  private static final class Spans implements Mapping<Span, SpanData> {
    private final SpanMapper mapper;
    private final SignalFailures failures;

    Spans(SpanMapper mapper, SignalFailures failures) {
      this.mapper = mapper;
      this.failures = failures;
    }

    @Override
    public List<SpanData> map(List<Span> batch) {
      List<SpanData> mapped = new ArrayList<>(batch.size());
      for (Span span : batch) {
        try {
          mapped.add(mapper.map(span));
        } catch (Throwable failure) {
          failures.lost(SignalFailures.MAPPING, 1, failure);
        }
      }
      return mapped;
    }

    @Override
    public int items(List<SpanData> mapped) {
      return mapped.size();
    }
  }

  /** Alerts are log records with an event name. */
  private static final class Events implements Mapping<LogEvent, LogRecordData> {
    private final Resource resource;
    private final InstrumentationScopeInfo scope;

    Events(Resource resource, InstrumentationScopeInfo scope) {
      this.resource = resource;
      this.scope = scope;
    }

    @Override
    public List<LogRecordData> map(List<LogEvent> batch) {
      List<LogRecordData> mapped = new ArrayList<>(batch.size());
      for (LogEvent event : batch) {
        mapped.add(new EventRecord(event, resource, scope));
      }
      return mapped;
    }

    @Override
    public int items(List<LogRecordData> mapped) {
      return mapped.size();
    }
  }

  /** Metrics are the SDK's already; what counts is their data points. */
  private static final class Metrics implements Mapping<MetricData, MetricData> {
    @Override
    public List<MetricData> map(List<MetricData> batch) {
      return batch;
    }

    @Override
    public int items(List<MetricData> mapped) {
      int points = 0;
      for (MetricData metric : mapped) {
        points += metric.getData().getPoints().size();
      }
      return points;
    }
  }
}
