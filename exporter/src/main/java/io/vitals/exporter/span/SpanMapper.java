/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.propagation.internal.W3CTraceContextEncoding;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.vitals.bootstrap.Hex;
import io.vitals.bootstrap.Span;
import java.util.Collections;
import java.util.List;

/**
 * Turns kept spans into the SDK's span data.
 *
 * <p>Confined to the export thread.
 */
public final class SpanMapper {
  private static final TraceFlags SAMPLED = TraceFlags.fromByte((byte) 1);
  private static final TraceFlags SAMPLED_AND_RANDOM = TraceFlags.fromByte((byte) 3);

  private final SpanOptions options;
  private final SpanFacts facts;
  private final Resource resource;
  private final InstrumentationScopeInfo scope;

  /** Makes a mapper whose spans carry this resource and scope. */
  public SpanMapper(
      SpanOptions options, EpochClock clock, Resource resource, InstrumentationScopeInfo scope) {
    this.options = options;
    this.facts = new SpanFacts(options, clock);
    this.resource = resource;
    this.scope = scope;
  }

  /** The span as the SDK's exporters take it. */
  public SpanData map(Span span) {
    SpanAttributes attributes = new SpanAttributes(options);
    String name = facts.describe(span, attributes);
    long start = facts.startEpochNanos(span);
    long end = start + (span.endNanos - span.startNanos);
    return new FinishedSpan(
        name,
        SpanFacts.kind(span),
        context(span),
        parent(span),
        SpanFacts.failed(span) ? StatusData.error() : StatusData.unset(),
        start,
        end,
        attributes.build(),
        attributes.total(),
        events(span, end),
        resource,
        scope);
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
    String text = SpanFacts.traceState(span);
    if (text == null) {
      return TraceState.getDefault();
    }
    try {
      return W3CTraceContextEncoding.decodeTraceState(text);
    } catch (IllegalArgumentException e) {
      return TraceState.getDefault();
    }
  }

  private List<EventData> events(Span span, long endEpochNanos) {
    Throwable thrown = facts.thrown(span);
    if (thrown == null) {
      return Collections.emptyList();
    }
    SpanAttributes attributes = new SpanAttributes(options);
    ExceptionEvent.put(thrown, attributes);
    return Collections.singletonList(
        EventData.create(
            endEpochNanos, ExceptionEvent.NAME, attributes.build(), attributes.total()));
  }
}
