/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.health;

/** What a measured value may be; see the package for the arithmetic. Immutable. */
final class Bounds {
  final double degraded;
  final double unhealthy;

  Bounds(double degraded, double unhealthy) {
    this.degraded = degraded;
    this.unhealthy = unhealthy;
  }

  /** 0 to 100. */
  double score(double value) {
    if (value <= degraded) {
      return 100 - 30 * Math.max(0, value) / degraded;
    }
    if (value <= unhealthy) {
      return 70 - 30 * (value - degraded) / (unhealthy - degraded);
    }
    return Math.max(0, 40 - 40 * (value - unhealthy) / unhealthy);
  }
}
