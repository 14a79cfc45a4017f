/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent;

import io.vitals.bootstrap.ClientSpan;
import io.vitals.bootstrap.DbSpan;
import io.vitals.bootstrap.Hex;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Sink;
import io.vitals.bootstrap.Span;

/** Prints spans, until the exporter takes them. */
final class PrintSink implements Sink {
  @Override
  public void offer(Span newest) {
    for (Span span = newest; span != null; span = span.next) {
      StringBuilder line = new StringBuilder("SPAN ").append(span.getClass().getSimpleName());
      line.append(' ').append(Hex.traceId(span.traceIdHigh, span.traceIdLow));
      line.append(' ').append(Hex.spanId(span.spanId));
      line.append(" <- ").append(Hex.spanId(span.parentSpanId));
      line.append(" status=").append(span.status()).append(" error=").append(span.error);
      if (span instanceof ServerSpan) {
        line.append(' ')
            .append(((ServerSpan) span).method)
            .append(' ')
            .append(((ServerSpan) span).route);
      } else if (span instanceof ClientSpan) {
        line.append(' ')
            .append(((ClientSpan) span).method)
            .append(' ')
            .append(((ClientSpan) span).url);
      } else if (span instanceof DbSpan) {
        line.append(' ').append(((DbSpan) span).sql);
      }
      System.err.println(line);
    }
  }

  @Override
  public void failure(String name, Throwable failure) {
    System.err.println("FAILURE " + name + " " + failure);
    failure.printStackTrace();
  }
}
