/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Futures, periodic tasks and executors of the application's own. */
final class FutureContract {
  private final PoolContract.Check check;

  FutureContract(PoolContract.Check check) {
    this.check = check;
  }

  void run() throws Exception {
    periodicTask_belongsToNobody();
    ownExecutor_seesTheMarkerAndRunsInTheSpan();
    futureText_namesTheTask();
    cancelledFuture_isNotRun();
    completionByAnother_isNoParentForUnrelatedStages();
    forkJoinTask_isReused();
  }

  private void periodicTask_belongsToNobody() throws Exception {
    ScheduledExecutorService service = Executors.newScheduledThreadPool(1);
    List<String> seen = new ArrayList<>();
    CountDownLatch runs = new CountDownLatch(6);
    Runnable note =
        () -> {
          synchronized (seen) {
            seen.add(Bridge.here());
          }
          runs.countDown();
        };
    Bridge span = Bridge.open();
    service.scheduleAtFixedRate(note, 0, 1, TimeUnit.MILLISECONDS);
    service.scheduleWithFixedDelay(note, 0, 1, TimeUnit.MILLISECONDS);
    TaskContract.await(runs);
    span.end();
    service.shutdownNow();
    synchronized (seen) {
      check.is("periodic", seen.stream().allMatch("none"::equals), true);
    }
  }

  private void ownExecutor_seesTheMarkerAndRunsInTheSpan() throws Exception {
    AtomicInteger marked = new AtomicInteger();
    Executor direct =
        task -> {
          if (task instanceof CompletableFuture.AsynchronousCompletionTask) {
            marked.incrementAndGet();
          }
          task.run();
        };
    Bridge span = Bridge.open();
    String here =
        CompletableFuture.supplyAsync(Bridge::here, direct)
            .thenApplyAsync(before -> before + Bridge.here(), direct)
            .get();
    check.is("marker of asynchronous tasks", marked.get(), 2);
    check.is("on an executor that runs at once", here, span.id() + span.id());
    check.is("span afterwards", Bridge.here(), span.id());
    span.end();
  }

  private void futureText_namesTheTask() {
    String without = texts();
    Bridge span = Bridge.open();
    String with = texts();
    span.end();
    check.is("text of futures", with, without);
  }

  private static String texts() {
    TaskContract.Seen task = new TaskContract.Seen();
    String texts = new FutureTask<>(task, null) + " " + ForkJoinTask.adapt(task);
    return texts.replaceAll("@[0-9a-f]+", "@");
  }

  private void cancelledFuture_isNotRun() throws Exception {
    ExecutorService service = Executors.newFixedThreadPool(1);
    CountDownLatch release = new CountDownLatch(1);
    service.execute(() -> TaskContract.await(release));
    AtomicInteger ran = new AtomicInteger();
    Bridge span = Bridge.open();
    boolean cancelled = service.submit(ran::incrementAndGet).cancel(true);
    span.end();
    release.countDown();
    TaskContract.Seen seen = new TaskContract.Seen();
    service.execute(seen);
    check.is("after a cancelled future", seen.await(), "none");
    check.is("cancelled", cancelled, true);
    check.is("runs of a cancelled future", ran.get(), 0);
    service.shutdown();
  }

  private void completionByAnother_isNoParentForUnrelatedStages() throws Exception {
    ExecutorService service = Executors.newFixedThreadPool(1);
    CompletableFuture<Integer> source = new CompletableFuture<>();
    Bridge span = Bridge.open();
    CompletableFuture<String> stage = source.thenApplyAsync(value -> Bridge.here(), service);
    source.complete(1);
    check.is("stage completed in the span", stage.get(20, TimeUnit.SECONDS), span.id());
    span.end();
    CompletableFuture<String> outside = CompletableFuture.supplyAsync(Bridge::here, service);
    check.is("stage outside", outside.get(20, TimeUnit.SECONDS), "none");
    service.shutdown();
  }

  private void forkJoinTask_isReused() throws Exception {
    ForkJoinPool pool = new ForkJoinPool(2);
    TaskContract.Seen first = new TaskContract.Seen();
    Bridge span = Bridge.open();
    pool.submit(first).get(20, TimeUnit.SECONDS);
    check.is("first run", first.await(), span.id());
    span.end();
    TaskContract.Seen second = new TaskContract.Seen();
    pool.submit(second).get(20, TimeUnit.SECONDS);
    check.is("second run", second.await(), "none");
    pool.shutdown();
  }
}
