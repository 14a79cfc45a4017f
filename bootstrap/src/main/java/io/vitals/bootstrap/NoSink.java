/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

/** The sink while no agent listens: forgets everything. */
final class NoSink implements Sink {
  @Override
  public void offer(Span newest) {}

  @Override
  public void failure(String name, Throwable failure) {}
}
