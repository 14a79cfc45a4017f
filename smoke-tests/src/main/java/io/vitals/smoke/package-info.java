/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The agent from outside: real programs in forked JVMs with the packaged jar, and a small OTLP
 * backend that keeps what they send.
 *
 * <pre>
 * Jvm --start--&gt; ForkedJvm: Program + vitals-agent.jar --OTLP--&gt; OtlpReceiver --&gt; Received
 *  ^                   ^                                                             |
 *  test or Shop -------+---- requests over HTTP                traces, metrics ------+
 * </pre>
 */
package io.vitals.smoke;
