/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The table finds a task by what it is, loses few, counts them, and keeps none. */
class TicketTableTest {
  private static final long LONG_AFTER = TicketTable.LONGEST_WAIT_NANOS + 2;

  private final Current current = Current.get();
  private final ServerSpan span = Probe.startServer(current, "/");

  @AfterEach
  void clear() {
    Probe.end(current, span, null);
    current.span = null;
    TicketTable.sweep(0);
    TicketTable.sweep(LONG_AFTER);
  }

  @Test
  void task_isTakenOnce() {
    Task task = new Task();
    TicketTable.put(task);
    assertThat(TicketTable.armed).isTrue();
    assertThat(TicketTable.take(task).spanId).isEqualTo(span.spanId);
    assertThat(TicketTable.take(task)).isNull();
  }

  @Test
  void task_isNotTakenForAnother() {
    Task task = new Task();
    TicketTable.put(task);
    for (int i = 0; i < 2 * TicketTable.PLACES; i++) {
      assertThat(TicketTable.take(new Task())).isNull();
    }
    assertThat(TicketTable.take(task)).isNotNull();
  }

  @Test
  void sharedTask_isTakenAsOftenAsItWasPut() {
    Task task = new Task();
    for (int i = 0; i < TicketTable.WINDOW; i++) {
      TicketTable.put(task);
    }
    for (int i = 0; i < TicketTable.WINDOW; i++) {
      assertThat(TicketTable.take(task)).isNotNull();
    }
    assertThat(TicketTable.take(task)).isNull();
  }

  @Test
  void tooManyTasks_areCounted() {
    long lostBefore = TicketTable.lost();
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 4 * TicketTable.PLACES; i++) {
      Task task = new Task();
      tasks.add(task);
      TicketTable.put(task);
    }
    int found = 0;
    for (Task task : tasks) {
      found += TicketTable.take(task) == null ? 0 : 1;
    }
    assertThat(found).isBetween(TicketTable.PLACES / 2, TicketTable.PLACES + TicketTable.WINDOW);
    assertThat(TicketTable.lost() - lostBefore).isEqualTo(tasks.size() - found);
  }

  /**
   * One in two hundred, where {@code PLACES / 2} tasks wait at once; in a hundred rounds, since
   * identity hashes are chance.
   */
  @Test
  void halfAFullTable_losesNextToNothing() {
    long lostBefore = TicketTable.lost();
    int rounds = 100;
    for (int round = 0; round < rounds; round++) {
      List<Task> tasks = new ArrayList<>();
      for (int i = 0; i < TicketTable.PLACES / 2; i++) {
        Task task = new Task();
        tasks.add(task);
        TicketTable.put(task);
      }
      tasks.forEach(TicketTable::take);
    }
    double share = (double) (TicketTable.lost() - lostBefore) / (rounds * TicketTable.PLACES / 2);
    assertThat(share).isBetween(0.003, 0.007);
  }

  @Test
  void sweep_disarmsAnEmptyTable() {
    Task task = new Task();
    TicketTable.put(task);
    TicketTable.sweep(1);
    assertThat(TicketTable.armed).isTrue();
    TicketTable.take(task);
    TicketTable.sweep(2);
    assertThat(TicketTable.armed).isFalse();
  }

  @Test
  void sweep_forgetsATaskThatDoesNotRun() {
    Task task = new Task();
    TicketTable.put(task);
    TicketTable.sweep(1);
    TicketTable.sweep(LONG_AFTER);
    assertThat(TicketTable.armed).isFalse();
    assertThat(TicketTable.take(task)).isNull();
  }

  @Test
  void collectedTask_leavesItsPlace() {
    TicketTable.put(new Task());
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (TicketTable.armed && System.nanoTime() < deadline) {
      System.gc();
      TicketTable.sweep(1);
    }
    assertThat(TicketTable.armed).isFalse();
  }

  @Test
  void manyThreads_findEachTheirOwn() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger wrong = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(new Thread(() -> wrong.addAndGet(putAndTake(go))));
    }
    threads.forEach(Thread::start);
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(wrong).hasValue(0);
  }

  private static int putAndTake(CountDownLatch go) {
    try {
      go.await();
    } catch (InterruptedException e) {
      return 1;
    }
    Current current = Current.get();
    int wrong = 0;
    for (int i = 0; i < 20_000; i++) {
      ServerSpan span = Probe.startServer(current, "/");
      Task task = new Task();
      TicketTable.put(task);
      Probe.end(current, span, null);
      Scope scope = TicketTable.take(task);
      wrong += scope != null && scope.spanId == span.spanId ? 0 : 1;
    }
    return wrong;
  }

  /** A task of the application. */
  private static final class Task {}
}
