/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.self;

import java.util.Map;

/** What weaving did so far; the agent's side of the self metrics. Any thread may call. */
public interface WeavingCounts {
  /** How many classes were changed. */
  long transformedClasses();

  /** How long that took on the threads that loaded them. */
  long transformNanos();

  /** How many classes each hook was applied to, by the hook's name. */
  Map<String, Long> appliedByHook();

  /** How many classes were left as they are, by the reason. */
  Map<String, Long> refusedByReason();
}
