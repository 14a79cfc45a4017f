/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Everything behind the hand-off, started and stopped as one {@link Exporter}.
 *
 * <pre>
 * app threads -&gt; queue.Handoff -&gt; aggregate.Aggregator -&gt; trace.KeptSpans -&gt; otlp.SpanExport -&gt; backend
 *                                          |
 *                                   metric.LatencyProducer -------&gt; otlp.MetricExport -&gt; backend
 *                                   runtime.JvmMetrics, self.SelfMetrics -^
 * </pre>
 */
package io.vitals.exporter;
