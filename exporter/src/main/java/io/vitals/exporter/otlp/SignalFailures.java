/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.exporter.internal.FailedExportException;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.vitals.exporter.config.Config;
import io.vitals.exporter.config.OtlpEndpoint;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what one signal failed to export, by reason, and has the log say so.
 *
 * <p>Confined to the export thread, but for {@link #counts}, which any thread may read.
 */
public final class SignalFailures {
  /** HTTP and gRPC codes and a few exception classes; more would be a backend at play. */
  private static final int MOST_REASONS = 32;

  private static final String OTHERS = "others";

  /** The reason of a span whose facts could not be read. */
  static final String MAPPING = "mapping";

  private final String what;
  private final Remedy remedy;
  private final LossLog log;
  private final Map<String, Long> counts = new TreeMap<>();

  /**
   * Counts nothing yet.
   *
   * @param items what the signal consists of, for people
   * @param signal {@code traces} or {@code metrics}
   */
  SignalFailures(String items, String signal, Config config, LossLog log) {
    this.what = items + " not exported to " + OtlpEndpoint.of(config, signal);
    this.remedy = Remedy.of(config, signal);
    this.log = log;
  }

  /** Counts {@code items} that were lost for this reason. */
  void lost(String reason, long items, Throwable cause) {
    count(reason, items, detail(cause));
  }

  /** Counts {@code items} of a batch that the backend took but for these; the conventions' name. */
  void rejected(long items, String message) {
    count("rejected", items, message);
  }

  /** Passes on what the backend has to say although it took everything. */
  void warned(String message) {
    log.lost(0, what, "the backend warns", message);
  }

  private void count(String reason, long items, String detail) {
    synchronized (counts) {
      String counted = counts.containsKey(reason) || counts.size() < MOST_REASONS ? reason : OTHERS;
      counts.merge(counted, items, Long::sum);
    }
    log.lost(items, what, reason, detail);
  }

  private String detail(Throwable cause) {
    Throwable shown = cause != null && cause.getCause() != null ? cause.getCause() : cause;
    String message = shown == null || shown.getMessage() == null ? "" : shown.getMessage();
    message = message.replaceAll("\\s+", " ");
    String advice = remedy.about(cause);
    return advice == null ? message : message + "; " + advice;
  }

  /** How many items were lost for each reason. */
  public Map<String, Long> counts() {
    synchronized (counts) {
      return new TreeMap<>(counts);
    }
  }

  /** A reason of few values: {@code http_503}, {@code grpc_14}, or the class of what was thrown. */
  static String reason(Throwable failure) {
    if (failure instanceof FailedExportException.HttpExportException) {
      FailedExportException.HttpExportException http =
          (FailedExportException.HttpExportException) failure;
      return http.getResponse() == null
          ? name(http.getCause())
          : "http_" + http.getResponse().getStatusCode();
    }
    if (failure instanceof FailedExportException.GrpcExportException) {
      GrpcResponse response = ((FailedExportException.GrpcExportException) failure).getResponse();
      return response == null
          ? name(failure.getCause())
          : "grpc_" + response.getStatusCode().getValue();
    }
    return name(failure);
  }

  private static String name(Throwable failure) {
    return failure == null ? "unknown" : failure.getClass().getName();
  }
}
