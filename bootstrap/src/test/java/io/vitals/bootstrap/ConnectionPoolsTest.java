/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pools are there as long as the application has them open, and no longer. */
class ConnectionPoolsTest {
  private static final FakeReader READER = new FakeReader();

  private final List<FakePool> made = new ArrayList<>();

  /** What a library would have. */
  private static final class FakePool {
    int used;
    boolean closed;
    RuntimeException failure;
  }

  private static final class FakeReader extends PoolReader<FakePool> {
    DbSpan spanInside;

    FakeReader() {
      super("fake");
    }

    @Override
    protected boolean read(FakePool pool, PoolState into) {
      if (pool.failure != null) {
        throw pool.failure;
      }
      into.used = pool.used;
      return !pool.closed;
    }

    @Override
    protected boolean isValid(FakePool pool, int timeoutMillis) {
      spanInside = Jdbc.execute(pool, "SELECT 1");
      return !pool.closed;
    }
  }

  @AfterEach
  void closeAll() {
    made.forEach(ConnectionPools::closed);
    assertThat(ConnectionPools.open()).isEmpty();
  }

  @Test
  void pool_isThereOnce_untilItIsClosed() {
    FakePool first = open("orders");
    FakePool second = open("stock");
    ConnectionPools.opened(first, READER, "again", null);

    assertThat(ConnectionPools.open())
        .extracting(pool -> pool.name)
        .containsExactly("orders", "stock");

    ConnectionPools.closed(first);
    ConnectionPools.closed(first);
    assertThat(pools()).containsExactly(second);
  }

  @Test
  void pool_isReadAnew_andWhatItDoesNotSayIsUnknown() {
    FakePool pool = open("orders");
    pool.used = 3;
    PoolState state = new PoolState();
    state.pending = 7;

    assertThat(ConnectionPools.open()[0].read(state)).isTrue();
    assertThat(state.used).isEqualTo(3);
    assertThat(state.pending).isEqualTo(PoolState.UNKNOWN);

    pool.closed = true;
    assertThat(ConnectionPools.open()[0].read(state)).isFalse();
  }

  @Test
  void connectionIsAsked_withoutASpanOfWhatIsExecutedForIt() throws Exception {
    FakePool pool = open("orders");
    READER.spanInside = new DbSpan();
    Span before = Current.get().span;

    assertThat(ConnectionPools.open()[0].isValid(1_000)).isTrue();
    assertThat(READER.spanInside).isNull();
    assertThat(Current.get().span).isSameAs(before);
    pool.closed = true;
    assertThat(ConnectionPools.open()[0].isValid(1_000)).isFalse();
  }

  @Test
  void poolThatThrows_isCountedUnderItsHookAndLeftOut() {
    List<String> failures = new ArrayList<>();
    Sink before =
        Probe.install(
            new Sink() {
              @Override
              public void offer(Span span) {}

              @Override
              public void failure(String hook, Throwable thrown) {
                failures.add(hook + ": " + thrown.getMessage());
              }
            });
    try {
      open("orders").failure = new IllegalStateException("broken");

      assertThat(ConnectionPools.open()[0].read(new PoolState())).isFalse();
      assertThat(failures).containsExactly("fake: broken");
    } finally {
      Probe.install(before);
    }
  }

  @Test
  void forgottenPool_isCollectedAndLeavesItsPlace() {
    ConnectionPools.opened(new FakePool(), READER, "forgotten", null);
    OpenPool<?> forgotten = ConnectionPools.open()[0];
    for (int i = 0; i < 100 && forgotten.get() != null; i++) {
      System.gc();
    }

    assertThat(forgotten.get()).isNull();
    assertThat(forgotten.read(new PoolState())).isFalse();
    open("next");
    assertThat(ConnectionPools.open()).extracting(pool -> pool.name).containsExactly("next");
  }

  @Test
  void poolsBeyondTheLimit_areCounted() {
    long before = ConnectionPools.refused();
    for (int i = 0; i < ConnectionPools.MOST + 3; i++) {
      open("tenant " + i);
    }

    assertThat(ConnectionPools.open()).hasSize(ConnectionPools.MOST);
    assertThat(ConnectionPools.refused() - before).isEqualTo(3);
    ConnectionPools.closed(made.get(0));
    assertThat(ConnectionPools.open()).hasSize(ConnectionPools.MOST - 1);
  }

  @Test
  void callersThatWaitedInVain_areCountedByName_andOutliveThePool() {
    FakePool pool = open("orders");
    ConnectionPools.timedOut("orders");
    ConnectionPools.timedOut("orders");
    ConnectionPools.timedOut("stock");
    ConnectionPools.closed(pool);

    assertThat(ConnectionPools.timeouts().get("orders").get()).isEqualTo(2);
    assertThat(ConnectionPools.timeouts().get("stock").get()).isEqualTo(1);
    ConnectionPools.timeouts().clear();
  }

  @Test
  void manyThreadsAtOnce_loseNoPool() throws InterruptedException {
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    List<FakePool> kept = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      List<FakePool> own = new ArrayList<>();
      for (int j = 0; j < 40; j++) {
        own.add(new FakePool());
      }
      made.addAll(own);
      kept.addAll(own.subList(20, 40));
      Thread thread = new Thread(() -> openAndCloseHalf(start, own));
      threads.add(thread);
      thread.start();
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join(20_000);
    }

    assertThat(pools()).containsExactlyInAnyOrderElementsOf(kept);
  }

  private static void openAndCloseHalf(CountDownLatch start, List<FakePool> pools) {
    try {
      start.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (FakePool pool : pools) {
      ConnectionPools.opened(pool, READER, null, null);
    }
    pools.subList(0, 20).forEach(ConnectionPools::closed);
  }

  private static List<Object> pools() {
    List<Object> pools = new ArrayList<>();
    for (OpenPool<?> each : ConnectionPools.open()) {
      pools.add(each.get());
    }
    return pools;
  }

  private FakePool open(String name) {
    FakePool pool = new FakePool();
    made.add(pool);
    ConnectionPools.opened(pool, READER, name, null);
    return pool;
  }
}
