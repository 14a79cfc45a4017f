/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.exporter.internal.FailedExportException;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what one signal failed to export, by reason, and says so in the log once a minute at most.
 *
 * <p>Confined to the export thread, but for {@link #counts}, which any thread may read.
 */
public final class SignalFailures {
  private static final long LOG_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** HTTP and gRPC codes and a few exception classes; more would be a backend at play. */
  private static final int MOST_REASONS = 32;

  private static final String OTHERS = "others";

  private final String signal;
  private final LongSupplier nanoClock;
  private final Logger log = LoggerFactory.getLogger(SignalFailures.class);
  private final Map<String, Long> counts = new TreeMap<>();
  private boolean logged;
  private long loggedNanos;
  private long suppressed;

  SignalFailures(String signal, LongSupplier nanoClock) {
    this.signal = signal;
    this.nanoClock = nanoClock;
  }

  /** Counts {@code items} that were lost for this reason. */
  void lost(String reason, long items, Throwable cause) {
    synchronized (counts) {
      String counted = counts.containsKey(reason) || counts.size() < MOST_REASONS ? reason : OTHERS;
      counts.merge(counted, items, Long::sum);
    }
    long now = nanoClock.getAsLong();
    if (logged && now - loggedNanos < LOG_EVERY_NANOS) {
      suppressed++;
      return;
    }
    log.warn(
        "{} of {} not exported: {}{}; {} more failures were not shown",
        items,
        signal,
        reason,
        detail(cause),
        suppressed);
    logged = true;
    loggedNanos = now;
    suppressed = 0;
  }

  private static String detail(Throwable cause) {
    Throwable shown = cause != null && cause.getCause() != null ? cause.getCause() : cause;
    return shown == null || shown.getMessage() == null ? "" : " (" + shown.getMessage() + ")";
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
