/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The agents under comparison and the backend that they export to.
 *
 * <pre>
 * benchmarks/peers/NAME.args --Peers.read--> Peer --flags--> a JVM with the agent
 *                                                             |  OTLP, Elastic's intake, Datadog's
 *                                                             v
 *                                                          Receiver, which counts what arrived
 * </pre>
 *
 * <p>A peer's configuration is a file, so that whoever finds it unfair can say which line.
 */
package io.vitals.benchmarks.peer;
