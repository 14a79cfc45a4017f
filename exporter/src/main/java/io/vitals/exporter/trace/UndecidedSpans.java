/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.trace;

import io.vitals.bootstrap.Span;
import io.vitals.exporter.self.Counters;
import io.vitals.exporter.self.Drop;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Spans of traces whose local root is still running, by the lower half of the trace id.
 *
 * <p>Confined to the holder of the drain lock.
 */
final class UndecidedSpans {
  /** Four long roots with all the spans a trace may have: 1 MB with their texts. */
  static final int MOST_SPANS = 4096;

  /** Roots that run longer are jobs; of those the newest minute can be rescued. */
  static final long LONGEST_NANOS = 60_000_000_000L;

  private final Map<Long, Waiting> traces = new LinkedHashMap<>();
  private final Counters counters;
  private int spans;

  UndecidedSpans(Counters counters) {
    this.counters = counters;
  }

  void add(Span span, long nowNanos) {
    if (spans >= MOST_SPANS) {
      expire(nowNanos);
    }
    if (spans >= MOST_SPANS) {
      counters.dropped(Drop.UNDECIDED_TABLE_FULL, 1);
      return;
    }
    Waiting waiting = traces.get(span.traceIdLow);
    if (waiting == null) {
      waiting = new Waiting(nowNanos);
      traces.put(span.traceIdLow, waiting);
    }
    span.next = waiting.newest;
    waiting.newest = span;
    waiting.spans++;
    spans++;
  }

  Span take(long traceIdLow) {
    Waiting waiting = remove(traceIdLow);
    return waiting == null ? null : waiting.newest;
  }

  void forget(long traceIdLow) {
    remove(traceIdLow);
  }

  private Waiting remove(long traceIdLow) {
    if (spans == 0) {
      return null;
    }
    Waiting waiting = traces.remove(traceIdLow);
    if (waiting != null) {
      spans -= waiting.spans;
    }
    return waiting;
  }

  void expire(long nowNanos) {
    Iterator<Waiting> oldestFirst = traces.values().iterator();
    while (oldestFirst.hasNext()) {
      Waiting waiting = oldestFirst.next();
      if (nowNanos - waiting.sinceNanos < LONGEST_NANOS) {
        return;
      }
      oldestFirst.remove();
      spans -= waiting.spans;
      counters.dropped(Drop.UNDECIDED_TOO_OLD, waiting.spans);
    }
  }

  int size() {
    return spans;
  }

  /** The spans of one trace. */
  private static final class Waiting {
    final long sinceNanos;
    Span newest;
    int spans;

    Waiting(long sinceNanos) {
      this.sinceNanos = sinceNanos;
    }
  }
}
