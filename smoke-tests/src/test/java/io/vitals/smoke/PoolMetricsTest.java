/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A backend sees how many connections of a pool are used and idle, and how many callers wait. */
@Tag("databases")
class PoolMetricsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String[] EXPORT = {"otel.metric.export.interval", "500"};

  /** The built-in rule, but for how long it must hold before it fires. */
  private static final String RULES =
      String.join(
          "\n",
          "groups:",
          "  - name: pools",
          "    interval: 1s",
          "    rules:",
          "      - alert: ConnectionPoolExhausted",
          "        expr: sum(db.client.connection.pending_requests)"
              + " by (db.client.connection.pool.name) > 0",
          "        for: 1s",
          "        labels: {severity: high}",
          "        annotations:",
          "          summary: \"{{ $value }} callers wait for a connection of"
              + " {{ $labels.db.client.connection.pool.name }}\"",
          "");

  /** All pools, each with two connections at most, and what each says of its sizes. */
  private static final List<Pool> POOLS =
      List.of(
          new Pool("hikari", "hikari", true, Map.of("max", 2L, "idle.min", 1L)),
          new Pool("tomcat-jdbc", "tomcat-jdbc", true, sizes(2)),
          new Pool("tomcat-dbcp", "tomcat-dbcp", true, sizes(2)),
          new Pool("dbcp2", "dbcp2", true, sizes(2)),
          new Pool("c3p0", "c3p0", true, Map.of()),
          new Pool("druid", "druid", true, sizes(8)),
          // It has no name, so it has that of its database.
          new Pool("agroal", "pools", true, Map.of("max", 2L)),
          new Pool("vibur", "vibur", false, Map.of("max", 2L)));

  @TempDir Path folder;

  /** A pool of the shop, and whether it says how many wait. */
  private record Pool(String page, String name, boolean saysWhoWaits, Map<String, Long> sizes) {
    Map<String, Long> expected(long used, long idle, long waiting) {
      Map<String, Long> points = new TreeMap<>(sizes);
      points.put("count used", used);
      points.put("count idle", idle);
      if (saysWhoWaits) {
        points.put("pending_requests", waiting);
      }
      return points;
    }
  }

  private static Map<String, Long> sizes(long mostIdle) {
    return Map.of("max", 2L, "idle.min", 1L, "idle.max", mostIdle);
  }

  @ParameterizedTest
  @CsvSource({
    "8, HIKARI_SHOP",
    "17, HIKARI_SHOP",
    "17, HIKARI_SHOP_NEWEST",
    "26, HIKARI_SHOP_NEWEST"
  })
  void hikari_showsUsedIdleAndWaiting(int version, Program program) {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.version(version)
                .agent()
                .exportingTo(receiver)
                .property(EXPORT[0], EXPORT[1])
                .start(program)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      PoolStates states = new PoolStates(receiver.received());
      get(visitor, "/hold/orders");
      // It goes on to make the one that it keeps idle.
      states.await("orders", hikari(1, 1, 0));
      get(visitor, "/hold/orders");
      states.await("orders", hikari(2, 0, 0));
      for (int i = 0; i < 3; i++) {
        get(visitor, "/wait/orders");
      }
      states.await("orders", hikari(2, 0, 3));
      get(visitor, "/release/orders");
      states.await("orders", hikari(1, 1, 0));
      get(visitor, "/release/orders");
      states.await("orders", hikari(0, 2, 0));
      get(visitor, "/impatient");
      get(visitor, "/impatient");
      Map<String, Long> impatient = hikari(0, 1, 0);
      impatient.put("max", 1L);
      impatient.put("timeouts", 2L);
      states.await("impatient", impatient);
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.noise()).isEmpty();
      assertThat(receiver.received().metric("vitals.agent.hook.failures")).isNull();
      assertThat(receiver.received().metric("vitals.agent.hooks.refused")).isNull();
      ReceivedMetric count = receiver.received().metric("db.client.connection.count");
      assertThat(count.type() + " " + count.temporality() + " " + count.unit())
          .isEqualTo("SUM CUMULATIVE {connection}");
      assertThat(count.monotonic()).isFalse();
    }
  }

  private static Map<String, Long> hikari(long used, long idle, long waiting) {
    return POOLS.get(0).expected(used, idle, waiting);
  }

  @ParameterizedTest
  @EnumSource(names = {"POOL_SHOP", "POOL_SHOP_OLDEST"})
  void everyPool_showsUsedIdleAndWaiting_untilItIsClosed(Program program) {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.version(17)
                .agent()
                .exportingTo(receiver)
                .property(EXPORT[0], EXPORT[1])
                // With SLF4J and nothing behind it c3p0 says so.
                .property("com.mchange.v2.log.MLog", "jul")
                .start(program)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      PoolStates states = new PoolStates(receiver.received());
      for (Pool pool : POOLS) {
        get(visitor, "/hold/" + pool.page);
        get(visitor, "/hold/" + pool.page);
        for (int i = 0; i < 3; i++) {
          get(visitor, "/wait/" + pool.page);
        }
        states.await(pool.name, pool.expected(2, 0, 3));
        get(visitor, "/release/" + pool.page);
        states.await(pool.name, pool.expected(1, 1, 0));
        get(visitor, "/release/" + pool.page);
        states.await(pool.name, pool.expected(0, 2, 0));
      }
      for (int i = 1; i < POOLS.size(); i++) {
        get(visitor, "/close/" + POOLS.get(i).page);
        states.await(POOLS.get(i).name, Map.of());
        states.await(POOLS.get(0).name, POOLS.get(0).expected(0, 2, 0));
      }
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.noise()).isEmpty();
      assertThat(receiver.received().metric("vitals.agent.hook.failures")).isNull();
      assertThat(receiver.received().metric("vitals.agent.hooks.refused")).isNull();
    }
  }

  /** As a web application that is taken away without closing its pool. */
  @Test
  void forgottenPool_vanishes_andItsClassLoaderIsNotKept() {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.version(17)
                .agent()
                .exportingTo(receiver)
                .property(EXPORT[0], EXPORT[1])
                .property("com.mchange.v2.log.MLog", "jul")
                .start(Program.POOL_SHOP)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      PoolStates states = new PoolStates(receiver.received());
      get(visitor, "/forgettable");
      Map<String, Long> expected = new TreeMap<>(Map.of("idle.min", 0L, "idle.max", 8L));
      expected.putAll(Map.of("max", 8L, "pending_requests", 0L));
      expected.putAll(Map.of("count used", 0L, "count idle", 1L));
      states.await("forgotten", expected);
      get(visitor, "/forget");
      get(visitor, "/hold/hikari");
      states.await("forgotten", Map.of());
      states.await("hikari", hikari(1, 1, 0));
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(receiver.received().metric("vitals.agent.hook.failures")).isNull();
    }
  }

  @Test
  void poolThatIsSwitchedOff_sendsNothing() {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.running()
                .agent()
                .exportingTo(receiver)
                .property(EXPORT[0], EXPORT[1])
                .property("otel.instrumentation.hikaricp.enabled", "false")
                .start(Program.HIKARI_SHOP_NEWEST)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      get(visitor, "/hold/orders");
      get(visitor, "/release/orders");
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(receiver.received().metric("jvm.memory.used")).isNotNull();
      assertThat(new PoolStates(receiver.received()).isEmpty()).isTrue();
    }
  }

  @Test
  void poolFromBeforeTheAgent_isShownOnceItsOwnThreadComesBy() {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.running()
                .property("com.zaxxer.hikari.housekeeping.periodMs", "300")
                .start(Program.HIKARI_SHOP_NEWEST)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      get(visitor, "/hold/orders");
      String options =
          "otel.exporter.otlp.endpoint=" + receiver.endpoint() + ";" + String.join("=", EXPORT);
      try (ForkedJvm attacher =
          Jvm.running().startJar(Jvm.AGENT, "attach", "" + jvm.pid(), options)) {
        assertThat(attacher.awaitExit()).as("%s", attacher).isZero();
      }
      get(visitor, "/hold/orders");
      new PoolStates(receiver.received()).await("orders", hikari(2, 0, 0));
      assertThat(jvm.finish()).as(jvm::toString).isZero();
    }
  }

  @Test
  void callersThatWait_areTheAlertOfAnExhaustedPool_andItsHealth() throws IOException {
    Path rules = folder.resolve("alerts.yml");
    Files.writeString(rules, RULES);
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.running()
                .agent()
                .exportingTo(receiver)
                .property(EXPORT[0], EXPORT[1])
                .property("vitals.alerts.file", rules.toString())
                .start(Program.HIKARI_SHOP_NEWEST)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      get(visitor, "/hold/orders");
      get(visitor, "/hold/orders");
      get(visitor, "/wait/orders");
      get(visitor, "/wait/orders");
      ReceivedLog fired = await(receiver, "firing");
      assertThat(fired.body().toString()).isEqualTo("2 callers wait for a connection of orders");
      assertThat(fired.attributes()).containsEntry("alert.value", 2.0);
      receiver
          .received()
          .awaitMetric("vitals.health.score", PoolMetricsTest::saysThatOrdersWait, PATIENCE);
      get(visitor, "/release/orders");
      await(receiver, "resolved");
      assertThat(jvm.finish()).as(jvm::toString).isZero();
    }
  }

  private static boolean saysThatOrdersWait(ReceivedMetric score) {
    return score.points().stream()
        .anyMatch(
            point ->
                "pool orders".equals(point.attribute("vitals.health.component"))
                    && point.value() < 70);
  }

  private static ReceivedLog await(OtlpReceiver receiver, String state) {
    return receiver
        .received()
        .awaitLogs(logs -> logs.stream().anyMatch(log -> isIn(log, state)), PATIENCE)
        .stream()
        .filter(log -> isIn(log, state))
        .findFirst()
        .get();
  }

  private static boolean isIn(ReceivedLog log, String state) {
    return "pools/ConnectionPoolExhausted".equals(log.attributes().get("alert.rule.id"))
        && state.equals(log.attributes().get("alert.state"));
  }

  private static void get(Visitor visitor, String path) {
    assertThat(visitor.get(path)).as(path).isEqualTo(200);
  }
}
