/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

/**
 * What Vitals promises about a measure.
 *
 * @param share the largest share of what OpenTelemetry's agent adds; 0 is no such goal
 * @param asMany whether as many are promised as without an agent
 */
record Goal(double share, boolean asMany) {
  static final Goal NONE = new Goal(0, false);
  static final Goal AS_MANY = new Goal(0, true);

  /**
   * A class that is woven while it loads is the archive's no longer; SharingTest allows as many.
   */
  private static final double WOVEN = 40;

  /** At most one part in so many of what OpenTelemetry's agent adds. */
  static Goal atMost(int parts) {
    return new Goal(1.0 / parts, false);
  }

  boolean isStated() {
    return share > 0 || asMany;
  }

  /** Whether it is met by what the two agents add, whatever their values are within the error. */
  boolean isMet(Added vitals, Added opentelemetry) {
    return asMany ? vitals.atLeast() >= -WOVEN : vitals.atMost() <= share * opentelemetry.atLeast();
  }

  /** Whether it is not, whatever their values are within the error; else nothing can be told. */
  boolean isMissed(Added vitals, Added opentelemetry) {
    return asMany ? vitals.atMost() < -WOVEN : vitals.atLeast() > share * opentelemetry.atMost();
  }

  @Override
  public String toString() {
    if (asMany) {
      return "as many but " + (int) WOVEN;
    }
    return share > 0 ? "1/" + Math.round(1 / share) : "";
  }
}
