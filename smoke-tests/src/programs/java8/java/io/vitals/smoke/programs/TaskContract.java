/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The contract of every executor: prints what is broken, then {@code done} and how much was looked
 * at.
 */
public final class TaskContract {
  private static final int WAYS_THAT_MEET = 100;

  private static final Queue<String> SEEN = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger RUNS = new AtomicInteger();

  /** One object for all; it cannot know whose it is. */
  private static final Runnable SHARED =
      () -> {
        SEEN.add(Bridge.here());
        RUNS.incrementAndGet();
      };

  private static int checks;
  private static int broken;

  private TaskContract() {}

  public static void main(String[] arguments) throws Exception {
    // Tasks fail and are interrupted on purpose; what went wrong shows as a check.
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {});
    List<Handing> all = Handing.all();
    String mode = arguments.length > 0 ? arguments[0] : "";
    if (mode.equals("attach")) {
      // Every class is loaded and every pool has run before the agent comes.
      warmUp(all);
      System.out.println("ready");
      check("a line for go", System.in.read() >= 0, true);
      // A thread that waits for a task does so in the code of before, and misses that one task.
      warmUp(all);
    }
    for (Handing handing : all) {
      child_findsItsParent(handing);
      childOfAnEndedSpan_findsItsParent(handing);
      unrelatedTasks_findNone(handing);
      nestedTask_findsTheSame(handing);
      failingTask_leavesNothing(handing);
      sharedTask_findsEachParentOnce(handing);
      task_isNotKept(handing);
    }
    Handing.close();
    check("the agent is there", Bridge.isThere(), !mode.equals("without"));
    new PoolContract(TaskContract::check).run();
    new FutureContract(TaskContract::check).run();
    System.out.println("done " + checks + " broken " + broken);
    System.exit(broken == 0 ? 0 : 1);
  }

  private static void warmUp(List<Handing> all) {
    for (Handing handing : all) {
      for (int i = 0; i < 8; i++) {
        CountDownLatch ran = new CountDownLatch(1);
        hand(handing, ran::countDown);
        await(ran);
      }
      if (handing.name.equals("cached.execute")) {
        wakeAll(handing);
      } else if (handing.name.endsWith(".execute")) {
        wakeEach(handing);
      }
    }
  }

  /**
   * Keeps the threads of a small pool busy together, so that each of them has had a task: one after
   * the other, tasks may all go to the thread that is awake.
   */
  private static void wakeEach(Handing handing) {
    int moreThanThreads = 4;
    CountDownLatch together = new CountDownLatch(moreThanThreads);
    CountDownLatch ran = new CountDownLatch(moreThanThreads);
    for (int i = 0; i < moreThanThreads; i++) {
      hand(
          handing,
          () -> {
            together.countDown();
            try {
              together.await(100, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            ran.countDown();
          });
    }
    await(ran);
  }

  /** Gives as many tasks at once to a pool without a limit as it may have threads by now. */
  private static void wakeAll(Handing handing) {
    CountDownLatch all = new CountDownLatch(8);
    for (int i = 0; i < 8; i++) {
      hand(
          handing,
          () -> {
            all.countDown();
            await(all);
          });
    }
    await(all);
  }

  static void check(String what, Object actual, Object expected) {
    checks++;
    if (!String.valueOf(expected).equals(String.valueOf(actual))) {
      broken++;
      System.out.println("BROKEN " + what + ": " + actual + " instead of " + expected);
    }
  }

  private static void child_findsItsParent(Handing handing) throws Exception {
    for (int i = 0; i < 5; i++) {
      Seen seen = new Seen();
      Bridge span = Bridge.open();
      hand(handing, seen);
      check(handing.name + " child", seen.await(), span.id());
      span.end();
      check(handing.name + " caller afterwards", Bridge.here(), "none");
    }
  }

  private static void childOfAnEndedSpan_findsItsParent(Handing handing) throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    Seen seen = new Seen();
    Bridge span = Bridge.open();
    if (!handing.isAwaited()) {
      hand(
          handing,
          () -> {
            await(ended);
            seen.run();
          });
      span.end();
      ended.countDown();
      check(handing.name + " child of an ended span", seen.await(), span.id());
    } else {
      span.end();
    }
  }

  private static void unrelatedTasks_findNone(Handing handing) throws Exception {
    for (int i = 0; i < 12; i++) {
      Seen seen = new Seen();
      hand(handing, seen);
      check(handing.name + " unrelated", seen.await(), "none");
    }
  }

  private static void nestedTask_findsTheSame(Handing handing) throws Exception {
    Seen inner = new Seen();
    Bridge span = Bridge.open();
    hand(handing, () -> handOn(handing, inner));
    String id = span.id();
    span.end();
    if (!handing.name.startsWith("single.")) {
      check(handing.name + " nested", inner.await(), id);
    }
  }

  private static void handOn(Handing handing, Runnable task) {
    // An executor of one thread would wait for itself.
    if (!handing.name.startsWith("single.")) {
      hand(handing, task);
    }
  }

  private static void failingTask_leavesNothing(Handing handing) throws Exception {
    Bridge span = Bridge.open();
    for (int i = 0; i < 3; i++) {
      CountDownLatch ran = new CountDownLatch(1);
      hand(
          handing,
          () -> {
            ran.countDown();
            throw new Expected();
          });
      await(ran);
    }
    span.end();
    for (int i = 0; i < 6; i++) {
      Seen seen = new Seen();
      hand(handing, seen);
      check(handing.name + " after a failure", seen.await(), "none");
    }
  }

  /** What a test throws, without the noise of a stack trace. */
  static final class Expected extends RuntimeException {
    private static final long serialVersionUID = 1;

    Expected() {
      super("expected", null, false, false);
    }
  }

  private static void sharedTask_findsEachParentOnce(Handing handing) throws Exception {
    SEEN.clear();
    RUNS.set(0);
    Map<String, Integer> expected = new ConcurrentHashMap<>();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < WAYS_THAT_MEET; i++) {
      Thread thread =
          new Thread(
              () -> {
                await(go);
                Bridge span = Bridge.open();
                expected.merge(span.id(), 1, Integer::sum);
                hand(handing, SHARED);
                span.end();
              });
      thread.start();
      threads.add(thread);
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (RUNS.get() < WAYS_THAT_MEET && System.nanoTime() < deadline) {
      Thread.yield();
    }
    Map<String, Integer> seen = new ConcurrentHashMap<>();
    SEEN.forEach(id -> seen.merge(id, 1, Integer::sum));
    check(handing.name + " shared by 100", seen.equals(expected), true);
  }

  private static void task_isNotKept(Handing handing) throws Exception {
    WeakReference<Object> task = handOnce(handing);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (task.get() != null && System.nanoTime() < deadline) {
      // Whatever the pool's threads still hold of their last task goes with the next one.
      for (int i = 0; i < 3; i++) {
        Seen seen = new Seen();
        hand(handing, seen);
        seen.await();
      }
      System.gc();
    }
    check(handing.name + " task is collected", task.get() == null, true);
  }

  private static WeakReference<Object> handOnce(Handing handing) throws Exception {
    Seen seen = new Seen();
    Bridge span = Bridge.open();
    hand(handing, seen);
    seen.await();
    span.end();
    return new WeakReference<>(seen);
  }

  static void hand(Handing handing, Runnable task) {
    try {
      handing.way.hand(task);
    } catch (Expected | ExecutionException asTheTaskFailed) {
      check(handing.name + " failure", rootOf(asTheTaskFailed) instanceof Expected, true);
    } catch (Exception e) {
      throw new IllegalStateException(handing.name, e);
    }
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("waited for too long");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Notes what it sees open on the thread that runs it. */
  static final class Seen implements Runnable {
    private final CountDownLatch ran = new CountDownLatch(1);
    private volatile String here;

    @Override
    public void run() {
      here = Bridge.here();
      ran.countDown();
    }

    String await() {
      TaskContract.await(ran);
      return here;
    }
  }
}
