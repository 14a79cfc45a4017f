/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import java.util.SortedMap;

/** Is told the value of an expression, group by group. */
public interface Values {
  /**
   * The value of a group.
   *
   * @param labels what tells the group apart; unmodifiable and the same map at each evaluation
   * @param value the value in seconds, bytes or as a fraction; NaN if too little came
   * @param samples the smallest number of samples behind anything that was read
   */
  void value(SortedMap<String, String> labels, double value, long samples);
}
