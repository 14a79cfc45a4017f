/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.propagation.internal.W3CTraceContextEncoding;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.vitals.bootstrap.ClientSpan;
import io.vitals.bootstrap.DbSpan;
import io.vitals.bootstrap.Hex;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;
import java.util.Collections;
import java.util.List;

/**
 * Turns kept spans into the SDK's span data.
 *
 * <p>Confined to the export thread. A span's times are those of its local root on the wall clock
 * plus what {@code nanoTime} measured since, so that durations are exact and no child leaves its
 * parent.
 */
public final class SpanMapper {
  private static final TraceFlags SAMPLED = TraceFlags.fromByte((byte) 1);
  private static final TraceFlags SAMPLED_AND_RANDOM = TraceFlags.fromByte((byte) 3);

  private final SpanOptions options;
  private final EpochClock clock;
  private final Resource resource;
  private final InstrumentationScopeInfo scope;
  private final HttpAttributes http;
  private final DbAttributes db;

  /** Makes a mapper whose spans carry this resource and scope. */
  public SpanMapper(
      SpanOptions options, EpochClock clock, Resource resource, InstrumentationScopeInfo scope) {
    this.options = options;
    this.clock = clock;
    this.resource = resource;
    this.scope = scope;
    this.http = new HttpAttributes(options);
    this.db = new DbAttributes(options);
  }

  /** The span as the SDK's exporters take it. */
  public SpanData map(Span span) {
    SpanAttributes attributes = new SpanAttributes(options);
    String name = describe(span, attributes);
    if (span.root == span && span.trail != null && span.trail.leftOut > 0) {
      attributes.put(Keys.LEFT_OUT, span.trail.leftOut);
    }
    long rootNanos = span.root == null ? span.startNanos : span.root.startNanos;
    long rootEpoch = clock.epochNanos(rootNanos);
    long start = rootEpoch + (span.startNanos - rootNanos);
    long end = rootEpoch + (span.endNanos - rootNanos);
    return new FinishedSpan(
        name,
        span instanceof ServerSpan ? SpanKind.SERVER : SpanKind.CLIENT,
        context(span),
        parent(span),
        status(span),
        start,
        end,
        attributes.build(),
        attributes.total(),
        events(span, end),
        resource,
        scope);
  }

  private String describe(Span span, SpanAttributes into) {
    if (span instanceof ServerSpan) {
      http.put((ServerSpan) span, into);
      return http.name((ServerSpan) span);
    }
    if (span instanceof ClientSpan) {
      http.put((ClientSpan) span, into);
      return http.name((ClientSpan) span);
    }
    db.put((DbSpan) span, into);
    return db.name((DbSpan) span);
  }

  private static SpanContext context(Span span) {
    return SpanContext.create(traceId(span), Hex.spanId(span.spanId), flags(span), state(span));
  }

  private static SpanContext parent(Span span) {
    if (span.parentSpanId == 0) {
      return SpanContext.getInvalid();
    }
    String id = Hex.spanId(span.parentSpanId);
    return (span.bits & Span.REMOTE_PARENT) != 0
        ? SpanContext.createFromRemoteParent(traceId(span), id, flags(span), state(span))
        : SpanContext.create(traceId(span), id, flags(span), state(span));
  }

  private static String traceId(Span span) {
    return Hex.traceId(span.traceIdHigh, span.traceIdLow);
  }

  /** What is exported was sampled, be it for its outcome. */
  private static TraceFlags flags(Span span) {
    return span.randomId() ? SAMPLED_AND_RANDOM : SAMPLED;
  }

  private static TraceState state(Span span) {
    Span root = span.root == null ? span : span.root;
    if (root.trail == null || root.trail.traceState == null) {
      return TraceState.getDefault();
    }
    try {
      return W3CTraceContextEncoding.decodeTraceState(root.trail.traceState);
    } catch (IllegalArgumentException e) {
      return TraceState.getDefault();
    }
  }

  private static StatusData status(Span span) {
    boolean httpError =
        !(span instanceof DbSpan)
            && span.status() > 0
            && ErrorType.isErrorStatus(span, span.status());
    return httpError || span.error != null ? StatusData.error() : StatusData.unset();
  }

  private List<EventData> events(Span span, long endEpochNanos) {
    if (!(span.error instanceof Throwable) || options.mostEvents == 0) {
      return Collections.emptyList();
    }
    Throwable thrown = ErrorType.unwrap((Throwable) span.error);
    return Collections.singletonList(ExceptionEvent.of(thrown, endEpochNanos, options));
  }
}
