/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import io.vitals.exporter.aggregate.Interval;

/** Is given each interval before the rules are evaluated over it; on that thread. */
public interface IntervalListener {
  /** Takes an interval that was closed just now. */
  void closed(Interval interval);

  /** The last one was given. */
  default void ended() {}
}
