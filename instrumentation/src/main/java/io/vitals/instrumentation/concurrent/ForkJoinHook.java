/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.concurrent;

import io.vitals.bootstrap.CallTicket;
import io.vitals.bootstrap.Scope;
import io.vitals.bootstrap.Ticket;
import io.vitals.bootstrap.TicketTable;
import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RunnableFuture;
import net.bytebuddy.asm.Advice;

/**
 * Carries the trace through a {@link java.util.concurrent.ForkJoinPool}.
 *
 * <p>A runnable or callable is given a ticket inside the adapter that the pool makes of it. A
 * {@link ForkJoinTask}, which parallel streams and {@link java.util.concurrent.CompletableFuture}
 * use, has no place for one: the table remembers it from where it is handed in to where it is run.
 */
@Supported(
    library = "JDK fork-join pools",
    tested = "8 to 26",
    gives = "as thread pools: `ForkJoinPool`, `CompletableFuture`, parallel streams")
public final class ForkJoinHook extends Hook {
  /** Declares the hook. */
  public ForkJoinHook() {
    super("fork-join", "executors");
    String task = "java.util.concurrent.ForkJoinTask";
    String pool = "java.util.concurrent.ForkJoinPool";
    type(task).advise("fork", "()", Fork.class).advise("doExec", "()", Run.class);
    type(pool)
        .advise("execute", "(Ljava/util/concurrent/ForkJoinTask;)", Submit.class)
        .advise("submit", "(Ljava/util/concurrent/ForkJoinTask;)", Submit.class)
        .advise("invoke", "(Ljava/util/concurrent/ForkJoinTask;)", Submit.class)
        .advise("externalSubmit", "(Ljava/util/concurrent/ForkJoinTask;)Ljava", Submit.class)
        .advise("lazySubmit", "(Ljava/util/concurrent/ForkJoinTask;)", Submit.class)
        .advise("execute", "(Ljava/lang/Runnable;)V", SubmitRunnable.class)
        .advise("submit", "(Ljava/lang/Runnable;)L", SubmitRunnable.class);
    type(task + "$AdaptedRunnable").advise("<init>", "(Ljava/lang/Runnable;", OfRunnable.class);
    type(task + "$AdaptedRunnableAction")
        .advise("<init>", "(Ljava/lang/Runnable;", OfRunnable.class);
    type(task + "$RunnableExecuteAction")
        .advise("<init>", "(Ljava/lang/Runnable;", OfRunnable.class);
    type(task + "$AdaptedInterruptibleRunnable")
        .advise("<init>", "(Ljava/lang/Runnable;", OfRunnable.class);
    String callable = "(Ljava/util/concurrent/Callable;";
    type(task + "$AdaptedCallable").advise("<init>", callable, OfCallable.class);
    type(task + "$AdaptedInterruptibleCallable").advise("<init>", callable, OfCallable.class);
    type(task + "$InvokeAnyTask").advise("<init>", callable, OfCallable.class);
    type(pool + "$InvokeAnyTask")
        .advise(
            "<init>",
            "(Ljava/util/concurrent/ForkJoinPool$InvokeAnyRoot;Ljava/util/concurrent/Callable;",
            OfSecondCallable.class);
    type("java.util.concurrent.DelayScheduler$ScheduledForkJoinTask")
        .advise(
            "<init>", "(JJZLjava/lang/Runnable;Ljava/util/concurrent/Callable;", OfDelayed.class);
    type("java.util.concurrent.CompletableFuture$ThreadPerTaskExecutor")
        .advise("execute", "(Ljava/lang/Runnable;)V", OfRunnable.class);
  }

  /** Remembers a task that a task makes. */
  static final class Fork {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This ForkJoinTask<?> task) {
      TicketTable.put(task);
    }
  }

  /** Remembers a task that is handed to a pool. */
  static final class Submit {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) ForkJoinTask<?> task) {
      TicketTable.put(task);
    }
  }

  /** Remembers a task that is handed to a pool as a runnable, as completable futures do. */
  static final class SubmitRunnable {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Runnable task) {
      if (task instanceof ForkJoinTask) {
        TicketTable.put(task);
      }
    }
  }

  /** Runs a task inside the trace that it was handed in with. */
  static final class Run {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Scope enter(@Advice.This ForkJoinTask<?> task) {
      // An adapter carries its ticket inside; virtual threads go on through here all the time.
      return TicketTable.armed && !(task instanceof RunnableFuture)
          ? TicketTable.enter(task)
          : null;
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
    static void exit(@Advice.Enter Scope scope) {
      if (scope != null) {
        TicketTable.exit(scope);
      }
    }
  }

  /** Puts a ticket around a runnable that nobody but the receiver sees from here on. */
  static final class OfRunnable {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 0, readOnly = false) Runnable work) {
      work = Ticket.of(work);
    }
  }

  /** Puts a ticket around a callable that nobody but the receiver sees from here on. */
  static final class OfCallable {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 0, readOnly = false) Callable<Object> work) {
      work = CallTicket.of(work);
    }
  }

  /** The same for the second argument. */
  static final class OfSecondCallable {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 1, readOnly = false) Callable<Object> work) {
      work = CallTicket.of(work);
    }
  }

  /** The same for what runs once after a delay; what runs again and again belongs to nobody. */
  static final class OfDelayed {
    @Advice.OnMethodEnter
    static void enter(
        @Advice.Argument(1) long period,
        @Advice.Argument(value = 3, readOnly = false) Runnable runnable,
        @Advice.Argument(value = 4, readOnly = false) Callable<Object> callable) {
      if (period == 0L) {
        runnable = Ticket.of(runnable);
        callable = CallTicket.of(callable);
      }
    }
  }
}
