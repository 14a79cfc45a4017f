/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Connection pools: how many connections are used and idle, and how many callers wait.
 *
 * <pre>
 * a pool is made     hook        its reader, into ConnectionPools of the bridge; both held weakly
 * an export is due   exporter    asks each reader for the state of its pool
 * </pre>
 *
 * <p>Nothing is done when a pool gives a connection or takes it back.
 */
package io.vitals.instrumentation.pool;
