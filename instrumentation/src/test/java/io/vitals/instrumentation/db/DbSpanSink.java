/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.db;

import io.vitals.bootstrap.DbSpan;
import io.vitals.bootstrap.Sink;
import io.vitals.bootstrap.Span;
import java.util.List;

/** Puts database spans, and failures of advice, into lists. */
final class DbSpanSink implements Sink {
  private final List<DbSpan> spans;
  private final List<Throwable> failures;

  DbSpanSink(List<DbSpan> spans, List<Throwable> failures) {
    this.spans = spans;
    this.failures = failures;
  }

  @Override
  public void offer(Span newest) {
    for (Span span = newest; span != null; span = span.next) {
      if (span instanceof DbSpan) {
        spans.add((DbSpan) span);
      }
    }
  }

  @Override
  public void failure(String name, Throwable failure) {
    failures.add(failure);
  }
}
