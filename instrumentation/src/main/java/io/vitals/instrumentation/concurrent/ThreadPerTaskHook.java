/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.concurrent;

import io.vitals.bootstrap.CallTicket;
import io.vitals.bootstrap.Ticket;
import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import java.util.concurrent.Callable;
import net.bytebuddy.asm.Advice;

/**
 * Carries the trace to the threads, mostly virtual, of an executor that starts one for each task
 * (19 and later) and of structured concurrency (21 and later).
 *
 * <p>{@code submit} of such an executor makes a future, which {@link FutureHook} takes care of.
 */
@Supported(
    library = "JDK virtual threads",
    tested = "21 to 26",
    gives = "as thread pools: executors with a thread for each task, structured concurrency")
public final class ThreadPerTaskHook extends Hook {
  /** Declares the hook. */
  public ThreadPerTaskHook() {
    super("thread-per-task", "executors");
    type("java.util.concurrent.ThreadPerTaskExecutor$TaskRunner")
        .advise(
            "<init>",
            "(Ljava/util/concurrent/ThreadPerTaskExecutor;Ljava/lang/Runnable;)V",
            OfRunnable.class);
    type("java.util.concurrent.StructuredTaskScope$SubtaskImpl")
        .advise(
            "<init>",
            "(Ljava/util/concurrent/StructuredTaskScope;Ljava/util/concurrent/Callable;",
            OfCallable.class)
        .advise("task", "()Ljava/util/concurrent/Callable;", Task.class);
    type("java.util.concurrent.StructuredTaskScopeImpl$SubtaskImpl")
        .advise(
            "<init>",
            "(Ljava/util/concurrent/StructuredTaskScopeImpl;Ljava/util/concurrent/Callable;",
            OfCallable.class);
  }

  /** Puts a ticket around the runnable of a thread. */
  static final class OfRunnable {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 1, readOnly = false) Runnable work) {
      work = Ticket.of(work);
    }
  }

  /** Puts a ticket around the callable of a subtask. */
  static final class OfCallable {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 1, readOnly = false) Callable<Object> work) {
      work = CallTicket.of(work);
    }
  }

  /** Shows the application its own callable (until 24). */
  static final class Task {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return(readOnly = false) Callable<Object> work) {
      work = CallTicket.workOf(work);
    }
  }
}
