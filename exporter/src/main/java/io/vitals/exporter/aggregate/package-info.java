/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Measures spans, and connections of pools, behind the hand-off: series, latencies, intervals.
 *
 * <pre>
 *  lists of spans (under the DrainLock: by the drain thread, a helping or an exporting one)
 *     |
 *  Aggregator.take ---------------------------------&gt; TraceKeeper -&gt; KeptSpans -&gt; export thread
 *     |  PoolDurations: what the application's threads have added to PoolTimes, each interval
 *     |  SeriesFinder: scratch key -&gt; SeriesTable (2,000 a metric, then the overflow series)
 *     v
 *  Latency   count, sum, min, max, buckets exact; 64 raw values, then an HdrHistogram
 *     |
 *     |  every 10 s, and at each metric export
 *     v
 *  Interval  immutable, one volatile write ------------------------&gt; console, alert rules
 *     |
 *  Rollup    merges intervals until its reader takes them ---------&gt; metric.LatencyProducer
 * </pre>
 */
package io.vitals.exporter.aggregate;
