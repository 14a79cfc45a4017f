/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.health;

/** One call of a {@link Probe}, on a thread that was lent for it. */
final class Attempt implements Runnable {
  final long startNanos;
  private final Probe probe;
  private volatile CheckOutcome outcome;

  Attempt(Probe probe, long startNanos) {
    this.probe = probe;
    this.startNanos = startNanos;
  }

  @Override
  public void run() {
    long start = System.nanoTime();
    CheckOutcome came;
    try {
      probe.run();
      came = CheckOutcome.answered(System.nanoTime() - start);
    } catch (ProbeFailure failure) {
      came = CheckOutcome.failed(failure);
    } catch (Throwable fault) {
      // Only its class: a message might quote the address.
      String type = fault.getClass().getName();
      came = CheckOutcome.failed(new ProbeFailure(type, type));
    }
    outcome = came;
  }

  /** What came of it, or null while it runs. */
  CheckOutcome outcome() {
    return outcome;
  }

  void cancel() {
    probe.cancel();
  }
}
