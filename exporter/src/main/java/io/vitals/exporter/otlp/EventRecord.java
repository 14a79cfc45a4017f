/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.Body;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;

/** A {@link LogEvent} as the SDK's exporters take it. */
final class EventRecord implements LogRecordData {
  private final LogEvent event;
  private final Attributes attributes;
  private final Resource resource;
  private final InstrumentationScopeInfo scope;

  EventRecord(LogEvent event, Resource resource, InstrumentationScopeInfo scope) {
    this.event = event;
    this.attributes = event.attributes();
    this.resource = resource;
    this.scope = scope;
  }

  @Override
  public Resource getResource() {
    return resource;
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return scope;
  }

  @Override
  public long getTimestampEpochNanos() {
    return event.timeEpochNanos();
  }

  @Override
  public long getObservedTimestampEpochNanos() {
    return event.timeEpochNanos();
  }

  @Override
  public SpanContext getSpanContext() {
    return SpanContext.getInvalid();
  }

  @Override
  public Severity getSeverity() {
    return event.logSeverity();
  }

  @Override
  public String getSeverityText() {
    return null;
  }

  @Deprecated
  @Override
  public Body getBody() {
    return Body.string(event.sentence());
  }

  @Override
  public Value<?> getBodyValue() {
    return Value.of(event.sentence());
  }

  @Override
  public Attributes getAttributes() {
    return attributes;
  }

  @Override
  public int getTotalAttributeCount() {
    return attributes.size();
  }

  @Override
  public String getEventName() {
    return event.eventName();
  }
}
