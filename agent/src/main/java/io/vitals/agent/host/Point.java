/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.host;

import io.opentelemetry.api.common.Attributes;

/** The value of one series of an extension. Immutable. */
final class Point {
  /** The metric's place among those of its extension. */
  final int metric;

  final Attributes attributes;
  final double value;

  Point(int metric, Attributes attributes, double value) {
    this.metric = metric;
    this.attributes = attributes;
    this.value = value;
  }
}
