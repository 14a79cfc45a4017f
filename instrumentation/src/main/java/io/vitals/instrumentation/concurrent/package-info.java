/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Executors: a task goes on with the trace of the span in which it was handed in.
 *
 * <pre>
 * submit, invokeAll, schedule   FutureHook          a CallTicket inside the future
 * ThreadPoolExecutor.execute    ThreadPoolHook      a Ticket in the queue, or the TicketTable
 * fork, parallel streams,
 * CompletableFuture's stages    ForkJoinHook        the TicketTable
 * ForkJoinPool with a lambda    ForkJoinHook        a Ticket inside the adapter
 * virtual threads, structured   ThreadPerTaskHook   a Ticket inside the thread's task
 * </pre>
 *
 * <p>Nothing is done for a thread that is started by hand, nor for periodic tasks.
 */
package io.vitals.instrumentation.concurrent;
