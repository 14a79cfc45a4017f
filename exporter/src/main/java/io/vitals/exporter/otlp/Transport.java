/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.MessageWriter;

/** The way of a protobuf message to a backend: one of the SDK's senders. */
interface Transport {
  /** Sends a message; the result fails with the SDK's exceptions. */
  void send(MessageWriter message, CompletableResultCode result);
}
