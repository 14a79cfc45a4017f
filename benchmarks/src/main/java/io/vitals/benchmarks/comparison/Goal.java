/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

/**
 * What Vitals promises about a measure.
 *
 * @param share the largest share of what OpenTelemetry's agent adds; 0 is no such goal
 * @param held the share that a comparison fails at; above {@code share} where that is out of reach
 * @param asMany whether as many are promised as without an agent
 */
record Goal(double share, double held, boolean asMany) {
  static final Goal NONE = new Goal(0, 0, false);
  static final Goal AS_MANY = new Goal(0, 0, true);

  /**
   * A class that is woven while it loads is the archive's no longer; SharingTest allows as many.
   */
  private static final double WOVEN = 40;

  /** At most one part in so many of what OpenTelemetry's agent adds. */
  static Goal atMost(int parts) {
    return new Goal(1.0 / parts, 1.0 / parts, false);
  }

  /** The same, of which no more than one part in so many is held. */
  Goal held(int parts) {
    return new Goal(share, 1.0 / parts, asMany);
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
    return isWorse(vitals, opentelemetry, share);
  }

  /** Whether not even that is met which is held. */
  boolean isBroken(Added vitals, Added opentelemetry) {
    return isStated() && isWorse(vitals, opentelemetry, held);
  }

  private boolean isWorse(Added vitals, Added opentelemetry, double than) {
    return asMany ? vitals.atMost() < -WOVEN : vitals.atLeast() > than * opentelemetry.atMost();
  }

  @Override
  public String toString() {
    if (asMany) {
      return "as many but " + (int) WOVEN;
    }
    return share > 0 ? part(share) : "";
  }

  /** What is held, as a share. */
  String heldShare() {
    return asMany ? toString() : part(held);
  }

  private static String part(double share) {
    return "1/" + Math.round(1 / share);
  }
}
