/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.function.Function;

/** Where one signal goes: an exporter of the SDK, with what its backend responds. */
final class Destination<T> {
  private final Object exporter;
  private final Function<Collection<T>, CompletableResultCode> export;
  private final Runnable shutdown;
  private final Responses responses;

  private Destination(
      Object exporter,
      Function<Collection<T>, CompletableResultCode> export,
      Runnable shutdown,
      Responses responses) {
    this.exporter = exporter;
    this.export = export;
    this.shutdown = shutdown;
    this.responses = responses;
  }

  static Destination<SpanData> of(SpanExporter exporter, Responses responses) {
    return new Destination<>(exporter, exporter::export, exporter::shutdown, responses);
  }

  static Destination<MetricData> of(MetricExporter exporter, Responses responses) {
    return new Destination<>(exporter, exporter::export, exporter::shutdown, responses);
  }

  /** Sends a batch; forgets what was said of earlier ones. */
  CompletableResultCode send(Collection<T> batch) {
    responses.take();
    return export.apply(batch);
  }

  /** What the backend said of the last batch, once it has taken it. */
  PartialSuccess response() {
    return responses.take();
  }

  void shutdown() {
    shutdown.run();
  }

  @Override
  public String toString() {
    return exporter.toString();
  }
}
