/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.opentelemetry.api.trace.SpanKind;
import io.vitals.bootstrap.ClientSpan;
import io.vitals.bootstrap.DbSpan;
import io.vitals.bootstrap.MethodSpan;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;

/**
 * Says what a backend is told of a span, whatever the form in which it is told.
 *
 * <p>Confined to the export thread. A span's times are those of its local root on the wall clock
 * plus what {@code nanoTime} measured since, so that durations are exact and no child leaves its
 * parent.
 */
final class SpanFacts {
  private final SpanOptions options;
  private final EpochClock clock;
  private final SpanDescriber server;
  private final SpanDescriber client;
  private final SpanDescriber method = new MethodAttributes();
  private final SpanDescriber db;

  SpanFacts(SpanOptions options, EpochClock clock) {
    this.options = options;
    this.clock = clock;
    this.server = new ServerAttributes(options);
    this.client = new ClientAttributes(options);
    this.db = new DbAttributes(options);
  }

  /** Puts the attributes and returns the name. */
  String describe(Span span, SpanAttributes into) {
    String name = describer(span).describe(span, into);
    if (span.root == span && span.trail != null && span.trail.leftOut > 0) {
      into.put(Keys.LEFT_OUT, span.trail.leftOut);
    }
    return name;
  }

  private SpanDescriber describer(Span span) {
    if (span instanceof ServerSpan) {
      return server;
    }
    if (span instanceof ClientSpan) {
      return client;
    }
    return span instanceof MethodSpan ? method : db;
  }

  static SpanKind kind(Span span) {
    return span instanceof ServerSpan
        ? SpanKind.SERVER
        : span instanceof MethodSpan ? SpanKind.INTERNAL : SpanKind.CLIENT;
  }

  long startEpochNanos(Span span) {
    long rootNanos = span.root == null ? span.startNanos : span.root.startNanos;
    return clock.epochNanos(rootNanos) + (span.startNanos - rootNanos);
  }

  /** Whether the status is an error. */
  static boolean failed(Span span) {
    boolean httpError =
        !(span instanceof DbSpan)
            && span.status() > 0
            && ErrorType.isErrorStatus(span, span.status());
    return httpError || span.error != null;
  }

  /** What the event {@code exception} is to show, or null. */
  Throwable thrown(Span span) {
    return span.error instanceof Throwable && options.mostEvents > 0
        ? ErrorType.unwrap((Throwable) span.error)
        : null;
  }

  /** The W3C trace state to pass on, or null. */
  static String traceState(Span span) {
    Span root = span.root == null ? span : span.root;
    return root.trail == null ? null : root.trail.traceState;
  }
}
