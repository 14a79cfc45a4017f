/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * One span as it arrived.
 *
 * @param parentId empty for the root of a trace
 * @param kind {@code SERVER}, {@code CLIENT}, {@code INTERNAL}, ...
 * @param status {@code UNSET}, {@code OK} or {@code ERROR}
 */
record ReceivedSpan(
    String traceId,
    String spanId,
    String parentId,
    String kind,
    String name,
    Map<String, Object> attributes,
    String status,
    String statusMessage,
    List<Event> events,
    long startNanos,
    long endNanos,
    String traceState,
    String scope,
    Map<String, Object> resource) {

  /** Something that happened during a span. */
  record Event(String name, Map<String, Object> attributes) {}

  /** The value of an attribute as text, or null. */
  String attribute(String name) {
    Object value = attributes.get(name);
    return value == null ? null : value.toString();
  }

  static List<ReceivedSpan> of(List<ResourceSpans> parts) {
    List<ReceivedSpan> spans = new ArrayList<>();
    for (ResourceSpans part : parts) {
      Map<String, Object> resource = Values.of(part.getResource().getAttributesList());
      for (ScopeSpans scope : part.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          spans.add(of(span, scope.getScope().getName(), resource));
        }
      }
    }
    return spans;
  }

  private static ReceivedSpan of(Span span, String scope, Map<String, Object> resource) {
    HexFormat hex = HexFormat.of();
    List<Event> events = new ArrayList<>();
    span.getEventsList()
        .forEach(
            event -> events.add(new Event(event.getName(), Values.of(event.getAttributesList()))));
    return new ReceivedSpan(
        hex.formatHex(span.getTraceId().toByteArray()),
        hex.formatHex(span.getSpanId().toByteArray()),
        hex.formatHex(span.getParentSpanId().toByteArray()),
        span.getKind().name().replace("SPAN_KIND_", ""),
        span.getName(),
        Values.of(span.getAttributesList()),
        span.getStatus().getCode().name().replace("STATUS_CODE_", ""),
        span.getStatus().getMessage(),
        events,
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        span.getTraceState(),
        scope,
        resource);
  }
}
