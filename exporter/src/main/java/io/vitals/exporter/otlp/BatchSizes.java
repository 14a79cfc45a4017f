/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.vitals.exporter.config.Config;
import io.vitals.exporter.trace.KeptSpans;

/** What {@code otel.bsp.*} says. */
final class BatchSizes {
  /** Twice the SDK's: half as many requests, and half a megabyte at most with long texts. */
  private static final int DEFAULT_BATCH = 1024;

  final int batch;
  final long delayNanos;
  final long timeoutNanos;

  BatchSizes(Config config) {
    int queue = KeptSpans.capacity(config);
    this.batch =
        Math.min(queue, config.integer("otel.bsp.max.export.batch.size", DEFAULT_BATCH, 1));
    this.delayNanos = config.durationMillis("otel.bsp.schedule.delay", 5_000) * 1_000_000;
    this.timeoutNanos = config.durationMillis("otel.bsp.export.timeout", 30_000) * 1_000_000;
  }
}
