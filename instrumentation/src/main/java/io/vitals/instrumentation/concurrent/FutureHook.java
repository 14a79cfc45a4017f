/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.concurrent;

import io.vitals.bootstrap.CallTicket;
import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import java.util.concurrent.Callable;
import net.bytebuddy.asm.Advice;

/**
 * Carries the trace inside a {@link java.util.concurrent.FutureTask}, which is what {@code submit},
 * {@code invokeAll}, {@code invokeAny} and {@code schedule} make of a task, whatever the executor.
 */
@Supported(
    library = "JDK `FutureTask`",
    tested = "8 to 26",
    gives = "as thread pools, for a future that any executor runs")
public final class FutureHook extends Hook {
  /** Declares the hook. */
  public FutureHook() {
    super("future-task", "executors");
    type("java.util.concurrent.FutureTask")
        .advise("<init>", "(Ljava/util/concurrent/Callable;)V", OfCallable.class)
        .advise("<init>", "(Ljava/lang/Runnable;Ljava/lang/Object;)V", OfRunnable.class)
        .advise("runAndReset", "()Z", RunAndReset.class);
  }

  /** Puts a ticket around the callable. */
  static final class OfCallable {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.FieldValue(value = "callable", readOnly = false) Callable<Object> callable) {
      callable = CallTicket.of(callable);
    }
  }

  /** Puts a ticket around the callable that was made of a runnable. */
  static final class OfRunnable {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) Runnable runnable,
        @Advice.FieldValue(value = "callable", readOnly = false) Callable<Object> callable) {
      callable = CallTicket.of(callable, runnable);
    }
  }

  /** Takes the ticket off a periodic task, which belongs to no request. */
  static final class RunAndReset {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue(value = "callable", readOnly = false) Callable<Object> callable) {
      if (callable instanceof CallTicket) {
        callable = CallTicket.workOf(callable);
      }
    }
  }
}
