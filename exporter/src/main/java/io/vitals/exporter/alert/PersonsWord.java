/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

/** That a person says that an alert is resolved. Immutable. */
final class PersonsWord {
  final String fingerprint;
  final String by;
  final long epochNanos;

  PersonsWord(String fingerprint, String by, long epochNanos) {
    this.fingerprint = fingerprint;
    this.by = by;
    this.epochNanos = epochNanos;
  }
}
