/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;

/**
 * Something that happened, as a log record with an event name; immutable.
 *
 * <p>Read on the export thread, once for each exporter.
 */
public interface LogEvent {
  /** The name, such as {@code alert.state_change}: it says which attributes there are. */
  String eventName();

  /** When it happened, in nanoseconds since the epoch. */
  long timeEpochNanos();

  /** How bad it is. */
  Severity logSeverity();

  /** One sentence for people. */
  String sentence();

  /** What there is to know. */
  Attributes attributes();
}
