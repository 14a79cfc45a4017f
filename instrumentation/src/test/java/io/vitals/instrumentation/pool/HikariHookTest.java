/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitals.bootstrap.ConnectionPools;
import io.vitals.bootstrap.OpenPool;
import io.vitals.bootstrap.PoolState;
import io.vitals.bootstrap.PoolTimes;
import io.vitals.bootstrap.TimeCounts;
import io.vitals.instrumentation.db.WovenLoader;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A pool of HikariCP says what it holds, from its making until it is closed. */
class HikariHookTest {
  private final ScheduledExecutorService callers = Executors.newScheduledThreadPool(4);

  @AfterEach
  void stop() {
    callers.shutdownNow();
    for (OpenPool<?> pool : ConnectionPools.open()) {
      assertThat(pool.read(new PoolState())).as(pool.name).isFalse();
    }
  }

  @Test
  void usedIdleAndWaiting_areWhatThePoolSays() throws Exception {
    DataSource source = source(loader(), "orders", 30_000);
    try (AutoCloseable closing = (AutoCloseable) source) {
      PoolState state = new PoolState();
      Connection held = source.getConnection();
      OpenPool<?> pool = pool("orders");
      assertThat(pool.name).isEqualTo("orders");
      assertThat(pool.url).isEqualTo("jdbc:h2:mem:hikari");
      assertThat(pool.read(state)).isTrue();
      assertThat(Arrays.asList(state.used, state.max, state.idleMin, state.idleMax))
          .containsExactly(1, 2, 1, PoolState.UNKNOWN);

      Connection other = source.getConnection();
      callers.submit(() -> source.getConnection());
      callers.submit(() -> source.getConnection());
      callers.submit(() -> source.getConnection());
      await(pool, state, 3);
      assertThat(Arrays.asList(state.used, state.idle, state.pending)).containsExactly(2, 0, 3);
      held.close();
      await(pool, state, 2);
      other.close();
    }
  }

  @Test
  void durations_areThoseOfEachConnection_withATrackerAndWithout() throws Exception {
    ClassLoader loader = loader();
    PoolTimes times = PoolTimes.of("timed");
    for (boolean isTracked : new boolean[] {false, true}) {
      AtomicLong told = new AtomicLong();
      DataSource source = source(loader, "timed", 30_000);
      if (isTracked) {
        track(source, told);
      }
      long before = System.nanoTime();
      try (AutoCloseable closing = (AutoCloseable) source;
          Connection held = source.getConnection()) {
        try (Connection other = source.getConnection()) {
          assertThat(Arrays.asList(held.isClosed(), other.isClosed())).containsOnly(false);
          Thread.sleep(20);
        }
        assertThat(taken(times.use)).as("given back").isEqualTo(1);
        assertThat(times.use.takeSumNanos()).isBetween(20_000_000L, System.nanoTime() - before);
      }
      assertThat(taken(times.wait)).as("given").isEqualTo(2);
      assertThat(times.wait.takeSumNanos()).isBetween(2L, System.nanoTime() - before);
      assertThat(taken(times.use)).as("given back").isEqualTo(1);
      // The first one is made before the pool has begun.
      assertThat(taken(times.create)).as("made").isEqualTo(1);
      assertThat(told.get()).as("of which the tracker was told").isEqualTo(isTracked ? 4 : 0);
      times.use.takeSumNanos();
    }
  }

  /** Counts what a tracker of the application is told of connections given and given back. */
  private static void track(DataSource source, AtomicLong told) throws Exception {
    ClassLoader loader = source.getClass().getClassLoader();
    Class<?> factory = loader.loadClass("com.zaxxer.hikari.metrics.MetricsTrackerFactory");
    Class<?> tracker = loader.loadClass("com.zaxxer.hikari.metrics.IMetricsTracker");
    Object counting =
        Proxy.newProxyInstance(
            loader,
            new Class<?>[] {tracker},
            (proxy, method, arguments) -> {
              String name = method.getName();
              if (name.equals("recordConnectionAcquiredNanos")
                  || name.equals("recordConnectionUsageMillis")) {
                told.incrementAndGet();
              }
              return null;
            });
    Object making =
        Proxy.newProxyInstance(
            loader, new Class<?>[] {factory}, (proxy, method, arguments) -> counting);
    source.getClass().getMethod("setMetricsTrackerFactory", factory).invoke(source, making);
  }

  private static long taken(TimeCounts counts) {
    long taken = 0;
    for (int place = 0; place < TimeCounts.PLACES; place++) {
      taken += counts.take(place);
    }
    return taken;
  }

  @Test
  void closedPool_isGone_whateverItsThreadsDo() throws Exception {
    DataSource source = source(loader(), "orders", 30_000);
    source.getConnection().close();
    OpenPool<?> pool = pool("orders");
    ((AutoCloseable) source).close();

    assertThat(pool.read(new PoolState())).isFalse();
    assertThat(ConnectionPools.open()).isEmpty();
  }

  @Test
  void classLoaderOfAPool_isNotKept() throws Exception {
    // H2 is here before: what it starts keeps the loaders of those who made it start.
    try (Connection here = DriverManager.getConnection("jdbc:h2:mem:hikari")) {
      assertThat(here.createStatement().executeQuery("select 1").next()).isTrue();
      WeakReference<ClassLoader> loader = closedAndForgotten();
      for (int i = 0; i < 200 && loader.get() != null; i++) {
        System.gc();
        Thread.sleep(20);
      }
      assertThat(loader.get()).isNull();
    }
  }

  private static WeakReference<ClassLoader> closedAndForgotten() throws Exception {
    ClassLoader loader = loader();
    DataSource source = source(loader, "forgotten", 30_000);
    source.getConnection().close();
    assertThat(pool("forgotten").read(new PoolState())).isTrue();
    ((AutoCloseable) source).close();
    return new WeakReference<>(loader);
  }

  @Test
  void callerThatWaitsInVain_isCounted() throws Exception {
    DataSource source = source(loader(), "impatient", 250);
    try (AutoCloseable closing = (AutoCloseable) source;
        Connection held = source.getConnection();
        Connection other = source.getConnection()) {
      assertThatThrownBy(source::getConnection).isInstanceOf(SQLException.class);
      assertThatThrownBy(source::getConnection).isInstanceOf(SQLException.class);

      assertThat(ConnectionPools.timeouts().get("impatient").get()).isEqualTo(2);
      assertThat(Arrays.asList(held.isClosed(), other.isClosed())).containsOnly(false);
    }
  }

  private static OpenPool<?> pool(String name) {
    return Arrays.stream(ConnectionPools.open())
        .filter(pool -> name.equals(pool.name))
        .reduce((older, newer) -> newer)
        .orElseThrow(() -> new AssertionError("no pool " + name));
  }

  private static void await(OpenPool<?> pool, PoolState state, int waiting) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    do {
      assertThat(pool.read(state)).isTrue();
      if (state.pending == waiting) {
        return;
      }
      Thread.sleep(5);
    } while (System.nanoTime() < deadline);
    assertThat(state.pending).as("callers that wait").isEqualTo(waiting);
  }

  /** The hook's reader lies beside the pool, as in an application. */
  private static ClassLoader loader() {
    return new WovenLoader(
        new HikariHook(),
        "com.zaxxer.hikari.",
        HikariReader.class.getName(),
        HikariTimes.class.getName());
  }

  private static DataSource source(ClassLoader loader, String name, long patienceMillis)
      throws Exception {
    Class<?> type = loader.loadClass("com.zaxxer.hikari.HikariDataSource");
    Object source = type.getDeclaredConstructor().newInstance();
    type.getMethod("setPoolName", String.class).invoke(source, name);
    type.getMethod("setJdbcUrl", String.class).invoke(source, "jdbc:h2:mem:hikari");
    type.getMethod("setConnectionTimeout", long.class).invoke(source, patienceMillis);
    type.getMethod("setMaximumPoolSize", int.class).invoke(source, 2);
    type.getMethod("setMinimumIdle", int.class).invoke(source, 1);
    return (DataSource) source;
  }
}
