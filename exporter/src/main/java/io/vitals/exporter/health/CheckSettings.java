/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.health;

/** What the file says of one active check. Immutable but for its probe. */
final class CheckSettings {
  final String name;
  final long intervalNanos;
  final long timeoutNanos;
  final int retries;

  /** What an attempt may take, in seconds. */
  final Bounds seconds;

  final Probe probe;

  /** Everything that the file says of it; the same text is the same check. */
  final String identity;

  CheckSettings(
      String name,
      long intervalNanos,
      long timeoutNanos,
      int retries,
      long degradedNanos,
      Probe probe,
      String identity) {
    this.name = name;
    this.intervalNanos = intervalNanos;
    this.timeoutNanos = timeoutNanos;
    this.retries = retries;
    this.seconds = new Bounds(degradedNanos / 1e9, timeoutNanos / 1e9);
    this.probe = probe;
    this.identity = identity;
  }
}
