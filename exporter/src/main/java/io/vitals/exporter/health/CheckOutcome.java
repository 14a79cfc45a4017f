/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.health;

/** What came of asking a peer. Immutable. */
final class CheckOutcome {
  /** What the attempt that succeeded took; not a number if none did. */
  final double seconds;

  /** Why the last attempt failed, or null. */
  final ProbeFailure failure;

  private CheckOutcome(double seconds, ProbeFailure failure) {
    this.seconds = seconds;
    this.failure = failure;
  }

  static CheckOutcome answered(long nanos) {
    return new CheckOutcome(nanos / 1e9, null);
  }

  static CheckOutcome failed(ProbeFailure failure) {
    return new CheckOutcome(Double.NaN, failure);
  }
}
