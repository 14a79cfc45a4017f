/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.queue;

import io.vitals.bootstrap.Span;

/** Works through handed-off lists; called by whoever holds the {@link DrainLock}. */
public interface SpanConsumer {
  /**
   * Takes a list over; does not throw.
   *
   * @param newest the head of the list
   * @param measureOnly whether the list has lost what only a trace shows, so that none of it is
   * @return how many spans the list had
   */
  int take(Span newest, boolean measureOnly);
}
