/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Evaluates alert rules inside the process and says what they find.
 *
 * <pre>
 *   intervals, gauges --&gt; Measures --&gt; Expression --&gt; AlertRule (state machine) --&gt; AlertEvent
 *                                                                                  |-- log record, metrics (OTLP)
 *                                                                                  '-- channels (agent)
 * </pre>
 *
 * <p>All of it runs on one thread of its own, never on one of the application's.
 */
package io.vitals.exporter.alert;
