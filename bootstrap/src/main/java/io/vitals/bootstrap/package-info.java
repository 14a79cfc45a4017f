/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The few classes that woven application code calls.
 *
 * <pre>
 * app thread   advice enter   Probe.startServer        1 thread-local read, 1 nanoTime, 1 record
 * app thread     Probe.startDb .. Probe.end            a child record linked to the root, 2 nanoTime
 * app thread   advice exit    Probe.end -&gt; Sink.offer  1 offer to the queue; never waits, never wakes
 *              == bounded lock-free queue ==
 * drain thread ...                                     the exporter module
 * </pre>
 *
 * <p>Two rules: nothing but the JDK is used, and nothing is allocated but the records. In the
 * packaged agent each class lives in {@code java.lang} with the prefix {@code Vitals}, where every
 * class loader finds it; the packaging renames them.
 */
package io.vitals.bootstrap;
