/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.concurrent;

import java.lang.reflect.Method;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to hand in a task: as it is, with the packaged agent, and with a span open.
 *
 * <p>All on one thread, so that no scheduler is measured: a pool's only thread is busy, and the
 * task is taken back out of its queue; a future is run, and a fork-join task executed, by the
 * thread that made it, where a trace that is open already is not opened again.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ExecutorBenchmark {
  private static final String AGENT = "-javaagent:agent/target/vitals-agent.jar";

  /** How the task is handed in. */
  @Param({"lambda", "named", "future", "forkJoin"})
  public String task;

  private final CountDownLatch end = new CountDownLatch(1);
  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
  private final Runnable lambda = () -> {};
  private final Runnable named = new Named();
  private final Callable<Integer> callable = () -> 1;

  @Setup
  public void start() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    pool.execute(
        () -> {
          running.countDown();
          awaitEnd();
        });
    running.await();
  }

  /** For each iteration anew: each is a task of a pool, after which nothing stays open. */
  @Setup(Level.Iteration)
  public void openSpanIfAsked() throws ReflectiveOperationException {
    if (Boolean.getBoolean("traced")) {
      openSpan();
    }
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Opens a span on this thread, which stays open; by name, as the bridge is in java.lang here. */
  private static void openSpan() throws ReflectiveOperationException {
    Class<?> current = Class.forName("java.lang.VitalsCurrent");
    Method start =
        Class.forName("java.lang.VitalsProbe").getMethod("startServer", current, String.class);
    start.invoke(null, current.getMethod("get").invoke(null), "/");
  }

  @TearDown
  public void stop() {
    end.countDown();
    pool.shutdown();
  }

  @Benchmark
  public Object plain() throws Exception {
    return handIn();
  }

  @Benchmark
  @Fork(jvmArgsAppend = AGENT)
  public Object idle() throws Exception {
    return handIn();
  }

  @Benchmark
  @Fork(jvmArgsAppend = {AGENT, "-Dtraced=true"})
  public Object traced() throws Exception {
    return handIn();
  }

  private Object handIn() throws Exception {
    switch (task) {
      case "lambda":
        pool.execute(lambda);
        return pool.getQueue().poll();
      case "named":
        pool.execute(named);
        return pool.remove(named);
      case "future":
        FutureTask<Integer> future = new FutureTask<>(callable);
        future.run();
        return future;
      default:
        ForkJoinTask<Void> action = new Action();
        action.fork();
        if (action.tryUnfork()) {
          action.quietlyInvoke();
        } else {
          action.join();
        }
        return action;
    }
  }

  private static final class Named implements Runnable {
    @Override
    public void run() {}
  }

  private static final class Action extends RecursiveAction {
    private static final long serialVersionUID = 1;

    @Override
    protected void compute() {}
  }
}
