/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import io.vitals.exporter.rule.Expression;
import io.vitals.exporter.rule.Measures;

/** Reads an expression that has one value for all. */
final class SingleValue {
  private SingleValue() {}

  /** The value, not a number if too little came. */
  static double of(Measures measures, Expression expression, long now) {
    double[] found = {Double.NaN};
    measures.values(expression, now, (labels, value, samples) -> found[0] = value);
    return found[0];
  }
}
