/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.span;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.bootstrap.Span;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes kept spans as OTLP's {@code ExportTraceServiceRequest} (opentelemetry/proto/trace/v1,
 * 1.11), straight from the records: no attribute, id or context becomes an object on the way.
 *
 * <p>Confined to the export thread. What it writes is what the SDK writes of {@link SpanMapper}'s
 * spans.
 */
public final class SpanEncoder {
  private static final int RESOURCE_SPANS = 1;
  private static final int RESOURCE = 1;
  private static final int SCOPE_SPANS = 2;
  private static final int SCHEMA_URL = 3;
  private static final int SCOPE = 1;
  private static final int SPANS = 2;

  private static final int TRACE_ID = 1;
  private static final int SPAN_ID = 2;
  private static final int TRACE_STATE = 3;
  private static final int PARENT_SPAN_ID = 4;
  private static final int NAME = 5;
  private static final int KIND = 6;
  private static final int START_TIME = 7;
  private static final int END_TIME = 8;
  private static final int ATTRIBUTES = 9;
  private static final int DROPPED_ATTRIBUTES = 10;
  private static final int EVENTS = 11;
  private static final int STATUS = 15;
  private static final int FLAGS = 16;

  private static final int EVENT_TIME = 1;
  private static final int EVENT_NAME = 2;
  private static final int EVENT_ATTRIBUTES = 3;
  private static final int EVENT_DROPPED_ATTRIBUTES = 4;

  private static final int STATUS_CODE = 3;
  private static final int ERROR = 2;
  private static final int INTERNAL = 1;
  private static final int SERVER = 2;
  private static final int CLIENT = 3;

  private static final int SAMPLED = 1;
  private static final int RANDOM = 1 << 1;
  private static final int KNOWN_WHETHER_REMOTE = 1 << 8;
  private static final int REMOTE = 1 << 9;

  private final SpanOptions options;
  private final SpanFacts facts;
  private final byte[] resource;
  private final byte[] scope;
  private final String resourceSchema;
  private final String scopeSchema;
  private final WireAttributes wire = new WireAttributes(ATTRIBUTES);
  private final WireAttributes eventWire = new WireAttributes(EVENT_ATTRIBUTES);

  /** Makes an encoder whose requests carry this resource and scope. */
  public SpanEncoder(
      SpanOptions options, EpochClock clock, Resource resource, InstrumentationScopeInfo scope) {
    this.options = options;
    this.facts = new SpanFacts(options, clock);
    this.resource = resource(resource);
    this.scope = scope(scope);
    this.resourceSchema = resource.getSchemaUrl();
    this.scopeSchema = scope.getSchemaUrl();
  }

  private static byte[] resource(Resource resource) {
    ProtoWriter out = new ProtoWriter();
    WireAttributes.all(resource.getAttributes(), out, 1);
    out.message(RESOURCE, 0);
    return out.toByteArray();
  }

  private static byte[] scope(InstrumentationScopeInfo scope) {
    ProtoWriter out = new ProtoWriter();
    WireAttributes.all(scope.getAttributes(), out, 3);
    if (scope.getVersion() != null) {
      out.string(2, scope.getVersion());
    }
    out.string(1, scope.getName());
    out.message(SCOPE, 0);
    return out.toByteArray();
  }

  /**
   * Writes a request.
   *
   * @param failed gets what went wrong with a span, which is then left out
   * @return how many spans the request has
   */
  public int encode(List<Span> batch, ProtoWriter out, Consumer<Throwable> failed) {
    int written = 0;
    int resourceMark = out.size();
    schema(resourceSchema, out);
    int scopeMark = out.size();
    schema(scopeSchema, out);
    SpanAttributes attributes = new SpanAttributes(options);
    for (int i = batch.size() - 1; i >= 0; i--) {
      int mark = out.size();
      try {
        encode(batch.get(i), out, attributes);
        written++;
      } catch (Throwable failure) {
        out.cutTo(mark);
        failed.accept(failure);
      }
    }
    out.raw(scope);
    out.message(SCOPE_SPANS, scopeMark);
    out.raw(resource);
    out.message(RESOURCE_SPANS, resourceMark);
    return written;
  }

  private static void schema(String url, ProtoWriter out) {
    if (url != null) {
      out.string(SCHEMA_URL, url);
    }
  }

  private void encode(Span span, ProtoWriter out, SpanAttributes attributes) {
    int mark = out.size();
    long start = facts.startEpochNanos(span);
    long end = start + (span.endNanos - span.startNanos);
    out.fixed32(FLAGS, flags(span));
    int status = out.size();
    if (SpanFacts.failed(span)) {
      out.varint(STATUS_CODE, ERROR);
    }
    out.message(STATUS, status);
    event(facts.thrown(span), end, out);
    attributes.clear();
    String name = facts.describe(span, attributes);
    wire.write(attributes, out);
    if (attributes.dropped() > 0) {
      out.varint(DROPPED_ATTRIBUTES, attributes.dropped());
    }
    out.fixed64(END_TIME, end);
    out.fixed64(START_TIME, start);
    out.varint(KIND, kind(SpanFacts.kind(span)));
    out.string(NAME, name);
    if (span.parentSpanId != 0) {
      out.id(PARENT_SPAN_ID, span.parentSpanId);
    }
    String state = SpanFacts.traceState(span);
    if (state != null) {
      out.string(TRACE_STATE, state);
    }
    out.id(SPAN_ID, span.spanId);
    out.id(TRACE_ID, span.traceIdHigh, span.traceIdLow);
    out.message(SPANS, mark);
  }

  private static int kind(SpanKind kind) {
    switch (kind) {
      case INTERNAL:
        return INTERNAL;
      case SERVER:
        return SERVER;
      default:
        return CLIENT;
    }
  }

  /** What is exported was sampled, be it for its outcome. */
  private static int flags(Span span) {
    return SAMPLED
        | KNOWN_WHETHER_REMOTE
        | (span.randomId() ? RANDOM : 0)
        | ((span.bits & Span.REMOTE_PARENT) != 0 ? REMOTE : 0);
  }

  private void event(Throwable thrown, long epochNanos, ProtoWriter out) {
    if (thrown == null) {
      return;
    }
    int mark = out.size();
    SpanAttributes attributes = new SpanAttributes(options);
    ExceptionEvent.put(thrown, attributes);
    eventWire.write(attributes, out);
    if (attributes.dropped() > 0) {
      out.varint(EVENT_DROPPED_ATTRIBUTES, attributes.dropped());
    }
    out.string(EVENT_NAME, ExceptionEvent.NAME);
    out.fixed64(EVENT_TIME, epochNanos);
    out.message(EVENTS, mark);
  }
}
