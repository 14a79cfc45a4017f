/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.concurrent;

import io.vitals.bootstrap.Ticket;
import io.vitals.instrumentation.Hook;
import io.vitals.instrumentation.Supported;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import net.bytebuddy.asm.Advice;

/**
 * Carries the trace through the queue of a {@link java.util.concurrent.ThreadPoolExecutor}, and of
 * Tomcat's own copy of it.
 *
 * <p>A ticket is inside the pool only: whatever the pool shows to the application – {@code
 * beforeExecute}, {@code afterExecute}, the rejection handler, the list of {@code shutdownNow} – is
 * the task that the application handed in.
 */
@Supported(
    library = "JDK thread pools",
    tested = "8 to 26",
    gives =
        "the trace follows a task to the thread that runs it: "
            + "`ThreadPoolExecutor`, scheduled ones too")
public final class ThreadPoolHook extends Hook {
  /** Declares the hook. */
  public ThreadPoolHook() {
    super("thread-pool", "executors");
    String pool = "java.util.concurrent.ThreadPoolExecutor";
    type(pool)
        .advise("execute", "(Ljava/lang/Runnable;)V", Execute.class)
        .advise("getTask", "()", GetTask.class)
        .advise("processWorkerExit", "(", WorkerExit.class)
        .advise("reject", "(Ljava/lang/Runnable;)V", Reject.class)
        .advise("remove", "(Ljava/lang/Runnable;)Z", Remove.class)
        .advise("drainQueue", "()", DrainQueue.class);
    type(pool + "$Worker").advise("run", "()V", FirstTask.class);
    String tomcats = "org.apache.tomcat.util.threads.ThreadPoolExecutor";
    type(tomcats)
        .advise("execute", "(Ljava/lang/Runnable;)V", ExecuteInTomcat.class)
        .advise("getTask", "()", GetTask.class)
        .advise("processWorkerExit", "(", WorkerExit.class)
        .advise("reject", "(Ljava/lang/Runnable;)V", Reject.class)
        .advise("remove", "(Ljava/lang/Runnable;)Z", Remove.class)
        .advise("drainQueue", "()", DrainQueue.class);
    type(tomcats + "$Worker").advise("run", "()V", FirstTask.class);
  }

  /** Hands the task to the pool with its trace. */
  static final class Execute {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(value = 0, readOnly = false) Runnable task,
        @Advice.FieldValue("workQueue") BlockingQueue<Runnable> queue) {
      task = Ticket.queued(task, queue);
    }
  }

  /** The same where the queue is Tomcat's, a linked one. */
  static final class ExecuteInTomcat {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(value = 0, readOnly = false) Runnable task) {
      task = Ticket.queued(task, null);
    }
  }

  /** Opens the trace of the task that started the thread. */
  static final class FirstTask {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue(value = "firstTask", readOnly = false) Runnable task) {
      task = Ticket.received(task);
    }
  }

  /** Closes the trace of the task before, and opens that of the next one. */
  static final class GetTask {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      Ticket.finished();
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return(readOnly = false) Runnable task) {
      task = Ticket.received(task);
    }
  }

  /** Closes the trace of a task that ended its thread by an exception. */
  static final class WorkerExit {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      Ticket.finished();
    }
  }

  /** Shows the rejection handler the application's task. */
  static final class Reject {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(value = 0, readOnly = false) Runnable task) {
      task = Ticket.returned(task);
    }
  }

  /** Finds the application's task in the queue. */
  static final class Remove {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(value = 0, readOnly = false) Runnable task) {
      task = Ticket.sought(task);
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) Runnable task, @Advice.Return boolean removed) {
      if (removed) {
        Ticket.returned(task);
      }
    }
  }

  /** Gives the application back its own tasks. */
  static final class DrainQueue {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return List<Runnable> tasks) {
      Ticket.returned(tasks);
    }
  }
}
