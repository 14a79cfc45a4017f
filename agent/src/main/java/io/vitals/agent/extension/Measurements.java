/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.extension;

import java.util.Map;

/**
 * Takes the values of one call of {@link Extension#measure}; of no use after it.
 *
 * <p>A series, which is a metric with certain values of its labels, has the value that was given
 * last. What is not given has no value, so that {@code absent(...)} holds; nor has NaN or an
 * infinite value. An extension has 1,000 series at most, those of all its calls together; more are
 * counted in {@code vitals.agent.extension.failures} and otherwise left out.
 *
 * <p>All methods throw {@link IllegalArgumentException} for a metric or label that {@link
 * Extension#metrics} does not define.
 */
public interface Measurements {
  /** Gives the value of a metric that has no labels. */
  void record(String metric, double value);

  /** Gives the value of one series. */
  void record(String metric, double value, Map<String, String> labels);

  /** Says whether a condition without labels holds. */
  void condition(String metric, boolean holds);

  /** Says whether a condition holds for these labels. */
  void condition(String metric, boolean holds, Map<String, String> labels);
}
