/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Compares whole programs under each agent: requests under load, and start-up; and, of Vitals
 * alone, the parts of a request's road one by one ({@link io.vitals.benchmarks.comparison.Micro}).
 *
 * <pre>
 * Compare -> Comparison -> Rounds (A B C, C B A, ...) -> Requests, StartUp -> Topic -> Report
 *                                                        |                 Series, Added, Goal
 *                                                        v
 *                          Scene: Load -> Shop + agent -> Backend, each a process of its own
 * </pre>
 */
package io.vitals.benchmarks.comparison;
