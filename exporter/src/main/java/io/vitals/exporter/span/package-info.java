/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * From the records of the bridge to OTLP, on the export thread: names, attributes, status and
 * events by the stable semantic conventions, as OpenTelemetry's own agent gives them.
 *
 * <pre>
 * kept Span -&gt; SpanFacts -&gt; ServerAttributes | ClientAttributes | DbAttributes | MethodAttributes
 *                              |
 *                        SpanAttributes -&gt; SpanEncoder, WireAttributes -&gt; ProtoWriter
 *                              '---------&gt; SpanMapper -&gt; FinishedSpan, for the SDK's exporters
 *
 * EpochClock (nanoTime of the root -&gt; wall clock), ErrorType, ExceptionEvent
 * </pre>
 */
package io.vitals.exporter.span;
