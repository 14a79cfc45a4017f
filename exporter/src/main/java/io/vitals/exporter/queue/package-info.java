/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The way from the application's threads to the one place that works behind them.
 *
 * <pre>
 * app threads   Probe.end -&gt; Handoff.offer
 *                 |  room      |  full    |  spill full,      |  lock held        |  all full
 *                 |            |          |  lock free        |                   |
 *                 v            v          v                   v                   v
 *               queue        spill      help: drain 256     bare spill          Unsorted cells
 *                 |                     spans, try again    (not shown)         (overflow series)
 * ====== DrainLock: one thread at a time; tried by app threads, awaited by our own ===============
 * drain thread  Handoff.drain -&gt; SpanConsumer.take -&gt; {@code aggregate.Aggregator}
 * </pre>
 */
package io.vitals.exporter.queue;
