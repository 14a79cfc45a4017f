/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.exporter.internal.FailedExportException;
import io.opentelemetry.sdk.common.export.GrpcResponse;
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

  private final String signal;
  private final LossLog log;
  private final Map<String, Long> counts = new TreeMap<>();

  SignalFailures(String signal, LossLog log) {
    this.signal = signal;
    this.log = log;
  }

  /** Counts {@code items} that were lost for this reason. */
  void lost(String reason, long items, Throwable cause) {
    synchronized (counts) {
      String counted = counts.containsKey(reason) || counts.size() < MOST_REASONS ? reason : OTHERS;
      counts.merge(counted, items, Long::sum);
    }
    log.lost(items, signal, reason, cause);
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
