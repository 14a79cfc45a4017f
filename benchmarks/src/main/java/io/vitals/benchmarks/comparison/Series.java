/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The values of one measure, one a round. */
final class Series {
  private final List<Double> values;

  Series(List<Double> values) {
    this.values = values;
  }

  static Series of(double... values) {
    Series series = new Series(new ArrayList<>());
    for (double value : values) {
      series.add(value);
    }
    return series;
  }

  void add(double value) {
    values.add(value);
  }

  /** The same in another unit. */
  Series times(double factor) {
    return new Series(values.stream().map(value -> factor * value).toList());
  }

  int size() {
    return values.size();
  }

  double median() {
    return quantile(0.5);
  }

  /** The distance of the quartiles: what half of the rounds lie within. */
  double spread() {
    return quantile(0.75) - quantile(0.25);
  }

  /**
   * Round by round what this has more than the other; rounds that one of them lacks are left out.
   */
  Series less(Series other) {
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < Math.min(size(), other.size()); i++) {
      differences.add(values.get(i) - other.values.get(i));
    }
    return new Series(differences);
  }

  /** Linear between the two nearest ranks (method 7 of Hyndman and Fan, 1996). */
  double quantile(double share) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    double rank = share * (sorted.length - 1);
    int below = (int) rank;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  }
}
