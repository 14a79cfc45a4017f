/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.health;

/**
 * Asks a peer once whether it is there.
 *
 * <p>Runs on a thread that nobody else waits for, so it may block; it should end by itself within
 * the check's timeout. One attempt at a time.
 */
interface Probe {
  /** Returns if the peer answered as it should. */
  void run() throws ProbeFailure;

  /** Breaks off what is running; for any thread. */
  void cancel();
}
