/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;

/** One export that was handed to an exporter and has perhaps not ended. */
final class Underway {
  final CompletableResultCode result;
  final int items;
  final long startedNanos;

  Underway(CompletableResultCode result, int items, long startedNanos) {
    this.result = result;
    this.items = items;
    this.startedNanos = startedNanos;
  }
}
