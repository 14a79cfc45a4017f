/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.self;

/** Why something was not shown or not counted where it belongs. */
public enum Drop {
  /** A sampled span came when the hand-off queue and its spill were full: measured, not shown. */
  QUEUE_FULL,
  /**
   * A duration came when there was no room to wait at all: counted in the overflow series, not
   * shown.
   */
  SPILL_FULL,
  /** A sampled span found the queue to the export thread full: measured, not shown. */
  KEPT_QUEUE_FULL,
  /** A span whose trace was not decided yet found no room to wait: measured, not shown. */
  UNDECIDED_TABLE_FULL,
  /** A span waited too long for its trace to be decided: measured, not shown. */
  UNDECIDED_TOO_OLD,
  /** A sampled span came after its trace had as many as a trace may have: measured, not shown. */
  LEFT_OUT,
  /** A trace that failed or was slow came when the budget for such was spent. */
  RESCUE_BUDGET,
  /** A duration went to the overflow series because its metric has too many series. */
  SERIES_LIMIT,
  /** A series got a coarse histogram because the memory for fine ones was spent. */
  HISTOGRAM_MEMORY,
  /** A group of a rule would have been an alert beyond those a rule may have, at one look. */
  ALERT_LIMIT,
  /** A group or series that a rule reads found no room: the rule does not see it. */
  RULE_MEMORY,
  /** The series of a span could not be told: its duration is in the overflow series. */
  DRAIN_FAILURE;

  private final String reason = name().toLowerCase(java.util.Locale.ROOT);

  /** The reason as an attribute value, such as {@code queue_full}. */
  public String reason() {
    return reason;
  }
}
