/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The way from the application's threads to the one place that works behind them.
 *
 * <pre>
 * app threads   Probe.end -&gt; Handoff.offer
 *                 |  room            |  full, lock free      |  full, lock held     |  spill full
 *                 v                  v                       v                      v
 *               queue  &lt;------  help: drain 256 spans      spill (measured,      Unsorted cells
 *                 |                                          not shown)          (overflow series)
 * ====== DrainLock: one thread at a time; tried by app threads, awaited by our own ===============
 * drain thread  Handoff.drain -&gt; SpanConsumer.take -&gt; {@code aggregate.Aggregator}
 * </pre>
 */
package io.vitals.exporter.queue;
