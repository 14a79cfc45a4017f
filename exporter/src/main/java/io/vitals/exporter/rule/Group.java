/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

/** One group of one source: its past, and what is coming in. */
final class Group {
  final Source source;
  final int id;
  final Track track;
  final Pending pending = new Pending();

  /** Whether something came in the interval that is being added. */
  boolean isTouched;

  /** Whether it was forgotten, and a later point belongs to a new one. */
  boolean isForgotten;

  Group(Source source, int id, Track track) {
    this.source = source;
    this.id = id;
    this.track = track;
  }
}
