/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import java.util.List;

/** Where one signal goes: one exporter, with what its backend responds. */
interface Destination<T> {
  /**
   * Begins to send a batch; forgets what was said of earlier ones.
   *
   * @param nowNanos when that is, by {@code nanoTime}
   */
  Underway send(List<T> batch, long nowNanos);

  /** What the backend said of the last batch, once it has taken it. */
  PartialSuccess response();

  void shutdown();
}
