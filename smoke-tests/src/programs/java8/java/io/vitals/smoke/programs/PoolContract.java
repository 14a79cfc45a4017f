/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What a thread pool shows to the application is what the application put in. */
final class PoolContract {
  /** Takes a finding. */
  interface Check {
    void is(String what, Object actual, Object expected);
  }

  private final Check check;

  PoolContract(Check check) {
    this.check = check;
  }

  void run() throws Exception {
    Runnable lambda = () -> {};
    Runnable other = () -> check.toString();
    Runnable named = new Named();
    for (Runnable task : Arrays.asList(lambda, other, named, new FutureTask<>(named, 1))) {
      hooks_seeTheTask(task);
      queuedTask_isFoundAndRemoved(task);
      shutdownNow_returnsTheTask(task);
      rejectionHandler_seesTheTask(task);
    }
    cancelledFuture_isPurged();
    abortPolicy_namesTheTask();
    callerRuns_keepsTheSpan();
    discardedTask_leavesNothing();
    taskHandedIn_withoutSpanAfterwards_findsNone();
  }

  /** A task that is no lambda. */
  private static final class Named implements Runnable {
    @Override
    public void run() {}
  }

  /** A pool of one thread that notes what its hooks see. */
  private static final class Watching extends ThreadPoolExecutor {
    final List<Runnable> before = Collections.synchronizedList(new ArrayList<>());
    final List<Runnable> after = Collections.synchronizedList(new ArrayList<>());

    Watching() {
      super(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
      before.add(task);
    }

    @Override
    protected void afterExecute(Runnable task, Throwable failure) {
      after.add(task);
    }
  }

  /** A pool whose one thread is busy until {@link #close}. */
  private static final class Busy implements AutoCloseable {
    final ThreadPoolExecutor pool;
    private final CountDownLatch release = new CountDownLatch(1);

    Busy(int queued, RejectedExecutionHandler handler) {
      pool =
          new ThreadPoolExecutor(
              1,
              1,
              1,
              TimeUnit.SECONDS,
              queued == 0 ? new SynchronousQueue<>() : new LinkedBlockingQueue<>(queued),
              handler);
      CountDownLatch running = new CountDownLatch(1);
      pool.execute(
          () -> {
            running.countDown();
            TaskContract.await(release);
          });
      TaskContract.await(running);
    }

    @Override
    public void close() throws InterruptedException {
      release.countDown();
      pool.shutdown();
      pool.awaitTermination(20, TimeUnit.SECONDS);
    }
  }

  private void hooks_seeTheTask(Runnable task) throws Exception {
    Watching pool = new Watching();
    Bridge span = Bridge.open();
    // The first starts the thread, the second goes through the queue.
    pool.execute(task);
    pool.execute(task);
    span.end();
    pool.shutdown();
    pool.awaitTermination(20, TimeUnit.SECONDS);
    check.is("beforeExecute of " + task, pool.before.equals(Arrays.asList(task, task)), true);
    check.is("afterExecute of " + task, pool.after.equals(Arrays.asList(task, task)), true);
  }

  private void queuedTask_isFoundAndRemoved(Runnable task) throws Exception {
    try (Busy busy = new Busy(10, new ThreadPoolExecutor.AbortPolicy())) {
      Bridge span = Bridge.open();
      busy.pool.execute(task);
      busy.pool.execute(task);
      check.is("queue of two", busy.pool.getQueue().size(), 2);
      if (!task.getClass().isSynthetic()) {
        check.is("queue contains " + task, busy.pool.getQueue().contains(task), true);
      }
      check.is("remove " + task, busy.pool.remove(task), true);
      check.is("remove again " + task, busy.pool.remove(task), true);
      check.is("remove what is gone " + task, busy.pool.remove(task), false);
      span.end();
      check.is("queue of none", busy.pool.getQueue().size(), 0);
      check.is("remove null", busy.pool.remove(null), false);
    }
  }

  private void shutdownNow_returnsTheTask(Runnable task) throws Exception {
    try (Busy busy = new Busy(10, new ThreadPoolExecutor.AbortPolicy())) {
      Bridge span = Bridge.open();
      busy.pool.execute(task);
      busy.release.countDown();
      // Whether it still waits or already ran is a race; what comes back is the task.
      List<Runnable> returned = busy.pool.shutdownNow();
      span.end();
      check.is(
          "shutdownNow with " + task,
          returned.isEmpty() || returned.get(0) == task && returned.size() == 1,
          true);
    }
    ThreadPoolExecutor never = neverRunning();
    Bridge span = Bridge.open();
    never.execute(task);
    span.end();
    check.is("shutdownNow before start with " + task, never.shutdownNow().get(0) == task, true);
  }

  /** A pool whose thread waits before it asks for its first queued task. */
  private static ThreadPoolExecutor neverRunning() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    CountDownLatch running = new CountDownLatch(1);
    pool.execute(
        () -> {
          running.countDown();
          try {
            Thread.sleep(60_000);
          } catch (InterruptedException asShutdownNowDoes) {
            Thread.currentThread().interrupt();
          }
        });
    TaskContract.await(running);
    return pool;
  }

  private void rejectionHandler_seesTheTask(Runnable task) throws Exception {
    List<Runnable> rejected = new ArrayList<>();
    try (Busy busy = new Busy(0, (each, pool) -> rejected.add(each))) {
      Bridge span = Bridge.open();
      busy.pool.execute(task);
      span.end();
    }
    check.is("rejected " + task, rejected.size() == 1 && rejected.get(0) == task, true);
  }

  private void cancelledFuture_isPurged() throws Exception {
    try (Busy busy = new Busy(10, new ThreadPoolExecutor.AbortPolicy())) {
      Bridge span = Bridge.open();
      TaskContract.Seen seen = new TaskContract.Seen();
      busy.pool.submit(() -> check.is("a cancelled task runs", true, false)).cancel(false);
      busy.pool.execute(seen);
      busy.pool.purge();
      check.is("purged queue", busy.pool.getQueue().size(), 1);
      busy.release.countDown();
      check.is("after a cancelled one", seen.await(), span.id());
      span.end();
    }
  }

  private void abortPolicy_namesTheTask() throws Exception {
    try (Busy busy = new Busy(0, new ThreadPoolExecutor.AbortPolicy())) {
      Bridge span = Bridge.open();
      Runnable task = () -> {};
      try {
        busy.pool.execute(task);
        check.is("a full pool takes a task", true, false);
      } catch (RejectedExecutionException e) {
        check.is("message of a rejection", e.getMessage().contains(task.toString()), true);
      }
      check.is("span after a rejection", Bridge.here(), span.id());
      span.end();
    }
  }

  private void callerRuns_keepsTheSpan() throws Exception {
    try (Busy busy = new Busy(0, new ThreadPoolExecutor.CallerRunsPolicy())) {
      Bridge span = Bridge.open();
      TaskContract.Seen seen = new TaskContract.Seen();
      busy.pool.execute(seen);
      check.is("caller runs", seen.await(), span.id());
      Runnable lambda = () -> check.is("caller runs a lambda", Bridge.here(), span.id());
      busy.pool.execute(lambda);
      busy.pool.submit(() -> check.is("caller runs a future", Bridge.here(), span.id())).get();
      check.is("span after the caller ran", Bridge.here(), span.id());
      span.end();
      check.is("caller afterwards", Bridge.here(), "none");
    }
  }

  private void discardedTask_leavesNothing() throws Exception {
    TaskContract.Seen seen = new TaskContract.Seen();
    try (Busy busy = new Busy(0, new ThreadPoolExecutor.DiscardPolicy())) {
      Bridge span = Bridge.open();
      busy.pool.execute(seen);
      span.end();
    }
    runWithoutSpan("discarded before", seen);
    TaskContract.Seen removed = new TaskContract.Seen();
    try (Busy busy = new Busy(10, new ThreadPoolExecutor.DiscardPolicy())) {
      Bridge span = Bridge.open();
      busy.pool.execute(removed);
      span.end();
      busy.pool.remove(removed);
    }
    runWithoutSpan("removed before", removed);
  }

  private void taskHandedIn_withoutSpanAfterwards_findsNone() throws Exception {
    TaskContract.Seen again = new TaskContract.Seen();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    Bridge span = Bridge.open();
    pool.execute(again);
    check.is("handed in with a span", again.await(), span.id());
    span.end();
    pool.shutdown();
    pool.awaitTermination(20, TimeUnit.SECONDS);
    runWithoutSpan("handed in once more without", again);
  }

  private void runWithoutSpan(String what, TaskContract.Seen seen) throws InterruptedException {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    pool.execute(seen);
    pool.shutdown();
    pool.awaitTermination(20, TimeUnit.SECONDS);
    check.is(what, seen.await(), "none");
  }
}
