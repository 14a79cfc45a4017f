/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

/** Takes finished spans off the application's threads; the agent's end of the bridge. */
public interface Sink {
  /**
   * Takes the list of finished spans that starts at {@code newest}. Called on the application's
   * thread; never waits, never throws, wakes nobody.
   */
  void offer(Span newest);

  /** Counts a failure of the hook {@code name} that was kept from the application. */
  void failure(String name, Throwable failure);
}
