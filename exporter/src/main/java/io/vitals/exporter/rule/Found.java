/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import java.util.SortedMap;

/** Is told what evaluating a condition found, group by group. */
public interface Found {
  /**
   * The condition holds for a group.
   *
   * @param labels what tells the group apart; unmodifiable and the same map at each evaluation
   * @param value what was measured
   * @param threshold what it was compared with; NaN of {@code absent}
   * @param samples the smallest number of samples behind anything that was read
   * @param exemplar a kept trace that shows the problem, or null
   */
  void found(
      SortedMap<String, String> labels,
      double value,
      double threshold,
      long samples,
      Exemplar exemplar);

  /**
   * Nothing can be said of a group that was there before: too little came in the window. Alerts
   * keep their state. A group of which neither is said is there, and the condition does not hold;
   * or it has been forgotten.
   */
  default void unknown(SortedMap<String, String> labels) {}
}
