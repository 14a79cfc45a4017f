/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Connection pools: how many connections are used and idle, how many callers wait, and how long.
 *
 * <pre>
 * a pool is made     hook        its reader, into ConnectionPools of the bridge; both held weakly
 * an export is due   exporter    asks each reader for the state of its pool
 * a connection is made, given or given back
 *                    HikariTimes adds a duration to the PoolTimes of the pool's name, in the bridge
 * an interval ends   exporter    takes them into the series of the pool
 * </pre>
 *
 * <p>Nothing is done when a pool other than HikariCP gives a connection or takes it back.
 */
package io.vitals.instrumentation.pool;
