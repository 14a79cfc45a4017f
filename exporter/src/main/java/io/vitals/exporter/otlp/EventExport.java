/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Exports alerts as soon as there are any; they never wait for a batch to fill. */
final class EventExport {
  private final EventQueue queue;
  private final List<SignalExport<LogEvent>> exports = new ArrayList<>();
  private final SignalFailures failures;

  EventExport(
      EventQueue queue,
      List<Destination<LogEvent>> destinations,
      long timeoutNanos,
      SignalFailures failures,
      LongSupplier nanoClock) {
    this.queue = queue;
    this.failures = failures;
    for (Destination<LogEvent> destination : destinations) {
      exports.add(new SignalExport<>(destination, timeoutNanos, nanoClock, failures));
    }
  }

  /** Sends what waits; returns how many. */
  int work() {
    boolean free = true;
    for (SignalExport<LogEvent> export : exports) {
      free &= export.isFree();
    }
    return free && queue.size() > 0 ? send() : 0;
  }

  private int send() {
    List<LogEvent> events = new ArrayList<>();
    queue.drainTo(events);
    for (SignalExport<LogEvent> export : exports) {
      export.send(events);
    }
    return events.size();
  }

  /** Sends what waits and waits for it, before anything else gets the time that is left. */
  void flush(Patience patience) {
    await(patience);
    if (queue.size() > 0) {
      send();
      await(patience);
    }
  }

  private void await(Patience patience) {
    for (SignalExport<LogEvent> export : exports) {
      export.await(patience.deadlineNanos(export.lastSucceeded()));
    }
  }

  void shutdown() {
    for (SignalExport<LogEvent> export : exports) {
      export.shutdown();
    }
  }

  /** How many the backends took; with two exporters each counts. */
  long exported() {
    long exported = 0;
    for (SignalExport<LogEvent> export : exports) {
      exported += export.exported();
    }
    return exported;
  }

  SignalFailures failures() {
    return failures;
  }
}
