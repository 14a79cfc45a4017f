/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

/** What a metric is made of, which decides the functions that read it. */
public enum MetricKind {
  /** Durations of requests, calls or statements, with all percentiles. */
  SPANS("durations of calls"),
  /** A value that means nothing added up, such as a utilization. */
  GAUGE("a gauge"),
  /** A value that can be added up and can fall, such as memory in use: an up-down counter. */
  LEVEL("a level"),
  /** A total that only rises. */
  COUNTER("a counter"),
  /** A histogram of which number and sum are known. */
  HISTOGRAM("a histogram");

  /** What it is called in messages. */
  final String text;

  MetricKind(String text) {
    this.text = text;
  }
}
