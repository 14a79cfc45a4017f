/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What leaves the process, through the OpenTelemetry SDK's own exporters.
 *
 * <pre>
 * KeptSpans    -&gt; SpanExport   \                         / otlp (http/protobuf, grpc)
 * MetricSource -&gt; MetricExport  &gt; one export thread -&gt;  &lt;  console, logging
 *                                                        \ none
 *                 SignalFailures: counted by signal and reason, logged once a minute
 * </pre>
 *
 * <p>The export thread never waits for a backend: each signal has one export under way at most, and
 * looks at each step whether it has ended. So one signal that fails or hangs holds up no other.
 */
package io.vitals.exporter.otlp;
