/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What has been, for a day in memory and as long as asked for on disk.
 *
 * <pre>
 *   intervals   --&gt; Summary (10 s, then 1 min, then 10 min) --&gt; SummaryRing
 *   AlertEvents --&gt; Transitions --&gt; AlertStatistics
 *   both        --&gt; HistoryFiles: *.hlog (HdrHistogram), *.jsonl (JSON lines)
 * </pre>
 *
 * <p>All of it is fed by the thread that evaluates the alert rules; readers get immutable copies.
 */
package io.vitals.exporter.history;
