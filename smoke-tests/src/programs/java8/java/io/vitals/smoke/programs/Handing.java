/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The ways to hand a task to another thread, each with its name. */
final class Handing {
  /** One way. */
  interface Way {
    /** Hands the task in; need not wait for it. */
    void hand(Runnable task) throws Exception;
  }

  final String name;
  final Way way;

  private Handing(String name, Way way) {
    this.name = name;
    this.way = way;
  }

  /** Whether the way waits until the task has run. */
  boolean isAwaited() {
    return name.contains("invoke")
        || name.equals("forkJoin.fork")
        || name.equals("completable.chain")
        || name.equals("structured.fork")
        || name.equals("stream.parallel");
  }

  private static final List<Runnable> CLOSING = new ArrayList<>();

  /** All that this JDK has. */
  static List<Handing> all() throws Exception {
    List<Handing> all = new ArrayList<>();
    executor(all, "fixed", Executors.newFixedThreadPool(3));
    executor(all, "cached", Executors.newCachedThreadPool());
    executor(all, "single", Executors.newSingleThreadExecutor());
    executor(
        all,
        "bounded",
        new ThreadPoolExecutor(2, 2, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1000)));
    executor(all, "forkJoin", new ForkJoinPool(3));
    executor(all, "stealing", Executors.newWorkStealingPool(3));
    scheduled(all, Executors.newScheduledThreadPool(2));
    priority(all);
    forkJoin(all, new ForkJoinPool(3));
    completable(all, Executors.newFixedThreadPool(2));
    executor(all, "own", new OwnFutures(Executors.newFixedThreadPool(2)));
    virtual(all);
    return all;
  }

  static void close() {
    CLOSING.forEach(Runnable::run);
  }

  private static <E extends ExecutorService> E closing(E service) {
    CLOSING.add(service::shutdownNow);
    return service;
  }

  private static void add(List<Handing> all, String name, Way way) {
    all.add(new Handing(name, way));
  }

  private static void executor(List<Handing> all, String name, ExecutorService service) {
    closing(service);
    add(all, name + ".execute", service::execute);
    add(all, name + ".submit", service::submit);
    add(all, name + ".submitResult", task -> service.submit(task, 1));
    add(all, name + ".submitCallable", task -> service.submit(callable(task)));
    add(all, name + ".invokeAll", task -> service.invokeAll(callables(task)));
    add(
        all,
        name + ".invokeAllTimed",
        task -> service.invokeAll(callables(task), 10, TimeUnit.SECONDS));
    add(all, name + ".invokeAny", task -> service.invokeAny(callables(task)));
    add(
        all,
        name + ".completion",
        task -> new ExecutorCompletionService<Object>(service).submit(callable(task)));
  }

  private static Callable<Object> callable(Runnable task) {
    return () -> {
      task.run();
      return null;
    };
  }

  private static Collection<Callable<Object>> callables(Runnable task) {
    return Collections.singletonList(callable(task));
  }

  private static void scheduled(List<Handing> all, ScheduledExecutorService service) {
    executor(all, "scheduled", service);
    add(all, "scheduled.schedule", task -> service.schedule(task, 1, TimeUnit.MILLISECONDS));
    add(
        all,
        "scheduled.scheduleCallable",
        task -> service.schedule(callable(task), 1, TimeUnit.MILLISECONDS));
  }

  private static void priority(List<Handing> all) {
    ThreadPoolExecutor pool =
        closing(new ThreadPoolExecutor(2, 2, 1, TimeUnit.SECONDS, new PriorityBlockingQueue<>(16)));
    add(all, "priority.execute", task -> pool.execute(new Urgent(task)));
  }

  /** A task that a queue of priorities asks for its place. */
  static final class Urgent implements Runnable, Comparable<Urgent> {
    private final Runnable task;

    Urgent(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      task.run();
    }

    @Override
    public int compareTo(Urgent other) {
      return 0;
    }
  }

  private static void forkJoin(List<Handing> all, ForkJoinPool pool) {
    closing(pool);
    add(all, "forkJoin.executeTask", task -> pool.execute(new Action(task)));
    add(all, "forkJoin.submitTask", task -> pool.submit(new Action(task)));
    add(all, "forkJoin.invoke", task -> pool.invoke(new Action(task)));
    add(all, "forkJoin.fork", task -> pool.invoke(new Forking(task)));
    add(all, "common.forkOutside", task -> new Action(task).fork());
    add(
        all,
        "stream.parallel",
        task -> Arrays.asList(1, 2, 3, 4).parallelStream().forEach(each -> once(each, task)));
  }

  private static void once(int each, Runnable task) {
    if (each == 1) {
      task.run();
    }
  }

  /** A task of a fork-join pool. */
  private static final class Action extends RecursiveAction {
    private static final long serialVersionUID = 1;
    private final transient Runnable task;

    Action(Runnable task) {
      this.task = task;
    }

    @Override
    protected void compute() {
      task.run();
    }
  }

  /** A task that makes others and waits for them. */
  private static final class Forking extends RecursiveAction {
    private static final long serialVersionUID = 1;
    private final transient Runnable task;

    Forking(Runnable task) {
      this.task = task;
    }

    @Override
    protected void compute() {
      invokeAll(new Action(() -> {}), new Action(() -> {}), new Action(task));
    }
  }

  private static void completable(List<Handing> all, ExecutorService service) {
    closing(service);
    add(all, "completable.runAsync", CompletableFuture::runAsync);
    add(all, "completable.runAsyncOn", task -> CompletableFuture.runAsync(task, service));
    add(
        all,
        "completable.supplyAsync",
        task -> CompletableFuture.supplyAsync(() -> call(task), service));
    add(
        all,
        "completable.thenRunAsync",
        task -> CompletableFuture.completedFuture(1).thenRunAsync(task));
    add(
        all,
        "completable.thenRunAsyncOn",
        task -> CompletableFuture.completedFuture(1).thenRunAsync(task, service));
    add(
        all,
        "completable.chain",
        task ->
            CompletableFuture.supplyAsync(() -> 1, service)
                .thenApplyAsync(one -> one + 1)
                .thenCombineAsync(CompletableFuture.supplyAsync(() -> 2), Integer::sum, service)
                .thenRunAsync(task)
                .get(10, TimeUnit.SECONDS));
  }

  private static Object call(Runnable task) {
    task.run();
    return null;
  }

  private static void virtual(List<Handing> all) throws Exception {
    Method maker;
    try {
      maker = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
    } catch (NoSuchMethodException before21) {
      return;
    }
    executor(all, "virtual", (ExecutorService) maker.invoke(null));
    if (Boolean.getBoolean("structured")) {
      add(all, "structured.fork", Handing::structured);
    }
  }

  /** Opens a structured scope, forks the task and joins, by the names of 21 or of 25. */
  private static void structured(Runnable task) throws Exception {
    Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScope");
    Object scope =
        type.isInterface()
            ? type.getMethod("open").invoke(null)
            : type.getConstructor().newInstance();
    try {
      Callable<Object> work = callable(task);
      Object subtask = type.getMethod("fork", Callable.class).invoke(scope, work);
      if (!type.isInterface()) {
        Method itsTask =
            Class.forName("java.util.concurrent.StructuredTaskScope$Subtask").getMethod("task");
        if (itsTask.invoke(subtask) != work) {
          throw new AssertionError("a subtask shows something else than its task");
        }
      }
      type.getMethod("join").invoke(scope);
    } catch (InvocationTargetException e) {
      // A subtask that fails makes join fail: what the application asked for.
      if (!String.valueOf(e.getCause()).contains("FailedException")) {
        throw e;
      }
    } finally {
      type.getMethod("close").invoke(scope);
    }
  }

  /** An executor with futures of its own. */
  private static final class OwnFutures extends AbstractExecutorService {
    private final ExecutorService service;

    OwnFutures(ExecutorService service) {
      this.service = service;
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> callable) {
      return new OwnFuture<>(callable);
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Runnable task, T value) {
      return new OwnFuture<>(Executors.callable(task, value));
    }

    @Override
    public void execute(Runnable command) {
      service.execute(command);
    }

    @Override
    public void shutdown() {
      service.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
      return service.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
      return service.isShutdown();
    }

    @Override
    public boolean isTerminated() {
      return service.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
      return service.awaitTermination(timeout, unit);
    }
  }

  /** A future that is no FutureTask. */
  private static final class OwnFuture<T> extends CompletableFuture<T>
      implements RunnableFuture<T> {
    private final Callable<T> callable;

    OwnFuture(Callable<T> callable) {
      this.callable = callable;
    }

    @Override
    public void run() {
      try {
        complete(callable.call());
      } catch (Exception e) {
        completeExceptionally(e);
      }
    }
  }
}
