/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * From the records of the bridge to the SDK's span data, on the export thread: names, attributes,
 * status and events by the stable semantic conventions, as OpenTelemetry's own agent gives them.
 *
 * <pre>
 * kept Span -&gt; SpanMapper -&gt; ServerAttributes | ClientAttributes | DbAttributes -&gt; FinishedSpan
 *                  |
 *              EpochClock (nanoTime of the root -&gt; wall clock), ErrorType, ExceptionEvent
 * </pre>
 */
package io.vitals.exporter.span;
