/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import io.vitals.exporter.rule.Expression;
import io.vitals.exporter.rule.Measures;
import java.util.Collection;

/** Reads measures once a look, beside the rules and on their thread. */
public interface MeasureReader {
  /** What it reads; always the same. */
  Collection<Expression> expressions();

  /** Reads; the time never goes back. */
  void read(Measures measures, long nowEpochNanos);
}
