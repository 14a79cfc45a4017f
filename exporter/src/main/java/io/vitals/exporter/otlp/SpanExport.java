/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.vitals.bootstrap.Span;
import io.vitals.exporter.span.EpochClock;
import io.vitals.exporter.trace.KeptSpans;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Exports kept spans: a batch when there are enough for one, or when the delay is over. */
final class SpanExport {
  private final KeptSpans kept;
  private final EpochClock clock;
  private final BatchSizes sizes;
  private final LongSupplier nanoClock;
  private final List<SignalExport<Span>> exports = new ArrayList<>();
  private final SignalFailures failures;
  private final List<Span> drained = new ArrayList<>();
  private long lastSentNanos;

  SpanExport(
      KeptSpans kept,
      EpochClock clock,
      List<Destination<Span>> destinations,
      BatchSizes sizes,
      SignalFailures failures,
      LongSupplier nanoClock) {
    this.kept = kept;
    this.clock = clock;
    this.sizes = sizes;
    this.nanoClock = nanoClock;
    this.failures = failures;
    for (Destination<Span> destination : destinations) {
      exports.add(new SignalExport<>(destination, sizes.timeoutNanos, nanoClock, failures));
    }
    this.lastSentNanos = nanoClock.getAsLong();
  }

  /** Sends a batch if one is due and the last one has ended; returns how many spans went out. */
  int work() {
    if (!isFree()) {
      return 0;
    }
    int waiting = kept.size();
    long now = nanoClock.getAsLong();
    if (waiting < sizes.batch && now - lastSentNanos < sizes.delayNanos) {
      return 0;
    }
    lastSentNanos = now;
    return waiting == 0 ? 0 : send();
  }

  private boolean isFree() {
    boolean free = true;
    for (SignalExport<Span> export : exports) {
      free &= export.isFree();
    }
    return free;
  }

  private int send() {
    drained.clear();
    int taken = kept.drainTo(drained, sizes.batch);
    if (exports.isEmpty() || taken == 0) {
      return taken;
    }
    clock.adjust();
    for (SignalExport<Span> export : exports) {
      export.send(drained);
    }
    drained.clear();
    return taken;
  }

  /** Sends all that waits, until the deadline of {@code patience}. */
  void flush(Patience patience) {
    await(patience);
    while (kept.size() > 0 && !patience.isOver(exports) && send() > 0) {
      await(patience);
    }
    int left = kept.size();
    if (left > 0 && patience.isLast()) {
      failures.lost("shutdown", left, null);
    }
  }

  private void await(Patience patience) {
    for (SignalExport<Span> export : exports) {
      export.await(patience.deadlineNanos(export.lastSucceeded()));
    }
  }

  void shutdown() {
    for (SignalExport<Span> export : exports) {
      export.shutdown();
    }
  }

  SignalFailures failures() {
    return failures;
  }

  /** How many spans the backends took; with two exporters each counts. */
  long exported() {
    long exported = 0;
    for (SignalExport<Span> export : exports) {
      exported += export.exported();
    }
    return exported;
  }

  int inFlight() {
    int inFlight = 0;
    for (SignalExport<Span> export : exports) {
      inFlight += export.inFlight();
    }
    return inFlight;
  }
}
