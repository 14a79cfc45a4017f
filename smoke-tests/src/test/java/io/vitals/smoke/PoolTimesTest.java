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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A backend sees how long connections of a pool are waited for, used, and take to be made. */
@Tag("databases")
class PoolTimesTest {
  private static final String PREFIX = "db.client.connection.";
  private static final List<String> TIMES = List.of("create_time", "wait_time", "use_time");
  private static final List<Double> BOUNDS =
      List.of(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0);

  /** The bucket after the bound of 0.1 s. */
  private static final int OVER_100_MILLIS = 5;

  private static final Duration ALERTED = Duration.ofSeconds(40);
  private static final int BORROWED = 20;
  private static final long HELD_MILLIS = 250;

  private static final String RULES =
      String.join(
          "\n",
          "groups:",
          "  - name: pools",
          "    interval: 1s",
          "    rules:",
          "      - alert: SlowPool",
          "        expr: p99(db.client.connection.wait_time[5m])"
              + " by (db.client.connection.pool.name) > 200ms",
          "        annotations: {summary: \"{{ $labels.db.client.connection.pool.name }}\"}",
          "");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "8, HIKARI_SHOP, orders",
    "17, HIKARI_SHOP, orders",
    "17, HIKARI_SHOP_NEWEST, orders",
    "26, HIKARI_SHOP_NEWEST, orders",
    "17, POOL_SHOP_OLDEST, hikari"
  })
  void hikari_measuresEachConnection(int version, Program program, String pool) {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.version(version)
                .agent()
                .exportingTo(receiver)
                // With SLF4J and nothing behind it c3p0 says so.
                .property("com.mchange.v2.log.MLog", "jul")
                .start(program)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      borrowAndMakeWait(visitor, pool);
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.noise()).isEmpty();
      Received received = receiver.received();
      // Two are held while one waits; the pool itself makes one of the two before it has begun.
      assertThat(counts(received, pool)).isEqualTo(counts(1, BORROWED + 3, BORROWED + 3));
      for (String time : TIMES) {
        ReceivedMetric metric = received.metric(PREFIX + time);
        assertThat(metric.type() + " " + metric.temporality() + " " + metric.unit())
            .isEqualTo("HISTOGRAM CUMULATIVE s");
        ReceivedMetric.Point point = point(metric, pool);
        assertThat(point.bounds()).isEqualTo(BOUNDS);
        assertThat(point.attributes()).containsOnlyKeys(PREFIX + "pool.name");
        assertThat(point.buckets().stream().mapToLong(Long::longValue).sum())
            .as(metric.toString())
            .isEqualTo(point.count());
        assertThat(received.metric(PREFIX + time + ".percentile")).as(time).isNotNull();
      }
      assertHeld(point(received.metric(PREFIX + "wait_time"), pool), 1);
      ReceivedMetric.Point used = point(received.metric(PREFIX + "use_time"), pool);
      assertThat(longer(used)).as(used.toString()).isGreaterThanOrEqualTo(2);
      assertThat(used.value()).as(used.toString()).isBetween(2 * HELD_MILLIS / 1e3, 60.0);
      assertThat(received.metric("vitals.agent.hook.failures")).isNull();
      assertThat(received.metric("vitals.agent.hooks.refused")).isNull();
    }
  }

  /** That so many waits lasted as long as connections were held, and all others did not. */
  private static void assertHeld(ReceivedMetric.Point point, int number) {
    assertThat(longer(point)).as(point.toString()).isEqualTo(number);
    assertThat(point.value())
        .as(point.toString())
        .isBetween(number * HELD_MILLIS / 1e3, number * HELD_MILLIS / 1e3 + 20);
  }

  /** How many lasted longer than 100 ms. */
  private static long longer(ReceivedMetric.Point point) {
    return point.buckets().stream().skip(OVER_100_MILLIS).mapToLong(Long::longValue).sum();
  }

  @ParameterizedTest
  @CsvSource({"17, HIKARI_SHOP", "17, HIKARI_SHOP_NEWEST"})
  void waitsInVain_andPoolWithATracker_areMeasuredAsOthers(int version, Program program) {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm = Jvm.version(version).agent().exportingTo(receiver).start(program)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      for (int i = 0; i < 3; i++) {
        get(visitor, "/impatient");
        // Says that the tracker was told what it is told without an agent.
        get(visitor, "/tracked");
      }
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      Received received = receiver.received();
      assertThat(counts(received, "impatient")).isEqualTo(counts(0, 6, 3));
      assertThat(counts(received, "tracked")).isEqualTo(counts(0, 3, 3));
      assertHeld(point(received.metric(PREFIX + "wait_time"), "impatient"), 3);
      assertThat(point(received.metric(PREFIX + "use_time"), "tracked").value())
          .isBetween(3 * 0.029, 20.0);
      assertThat(received.metric("vitals.agent.hook.failures")).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({"17, HIKARI_SHOP", "17, HIKARI_SHOP_NEWEST"})
  void counts_areThoseOfTheReference(int version, Program program) throws IOException {
    String reference = Program.jars("reference").get(0).toString();
    Map<String, Map<String, Long>> theirs =
        visited(
            Jvm.version(version)
                .javaAgent(reference)
                .property("otel.semconv-stability.opt-in", "database")
                .property("otel.logs.exporter", "none"),
            program);
    assertThat(visited(Jvm.version(version).agent(), program)).isEqualTo(theirs);
    assertThat(theirs.get("orders")).isEqualTo(counts(1, BORROWED + 3, BORROWED + 3));
  }

  private static Map<String, Map<String, Long>> visited(Jvm jvm, Program program) {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm forked = jvm.exportingTo(receiver).start(program)) {
      Visitor visitor = new Visitor(forked.awaitPort());
      borrowAndMakeWait(visitor, "orders");
      get(visitor, "/impatient");
      get(visitor, "/tracked");
      assertThat(forked.finish()).as(forked::toString).isZero();
      Map<String, Map<String, Long>> all = new TreeMap<>();
      for (String pool : List.of("orders", "impatient", "tracked")) {
        all.put(pool, counts(receiver.received(), pool));
      }
      return all;
    }
  }

  @Test
  void percentileOfTheWait_isReadByARule() throws IOException {
    Path rules = Files.writeString(folder.resolve("alerts.yml"), RULES);
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.running()
                .agent()
                .exportingTo(receiver)
                .property("vitals.alerts.file", rules.toString())
                .start(Program.HIKARI_SHOP_NEWEST)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      get(visitor, "/tracked");
      get(visitor, "/impatient");
      receiver.received().awaitLogs(logs -> logs.stream().anyMatch(this::fired), ALERTED);
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(receiver.received().logs().stream().filter(this::fired))
          .extracting(ReceivedLog::body)
          .extracting(Object::toString)
          .containsOnly("impatient");
    }
  }

  private boolean fired(ReceivedLog log) {
    return "pools/SlowPool".equals(log.attributes().get("alert.rule.id"))
        && "firing".equals(log.attributes().get("alert.state"));
  }

  /** Borrows a connection twenty times, then both, for which a third caller has to wait. */
  private static void borrowAndMakeWait(Visitor visitor, String pool) {
    for (int i = 0; i < BORROWED; i++) {
      get(visitor, "/hold/" + pool);
      get(visitor, "/release/" + pool);
    }
    get(visitor, "/hold/" + pool);
    get(visitor, "/hold/" + pool);
    get(visitor, "/wait/" + pool);
    pause();
    get(visitor, "/release/" + pool);
    get(visitor, "/release/" + pool);
  }

  private static void pause() {
    try {
      // The caller begins to wait a moment after it was told to.
      TimeUnit.MILLISECONDS.sleep(HELD_MILLIS + 100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Long> counts(long created, long waited, long used) {
    Map<String, Long> counts = new TreeMap<>(Map.of("wait_time", waited, "use_time", used));
    if (created > 0) {
      counts.put("create_time", created);
    }
    return counts;
  }

  /** How many durations the newest points of a pool hold. */
  private static Map<String, Long> counts(Received received, String pool) {
    Map<String, Long> counts = new TreeMap<>();
    for (String time : TIMES) {
      ReceivedMetric metric = received.metric(PREFIX + time);
      if (metric != null) {
        metric.points().stream()
            .filter(point -> pool.equals(point.attribute(PREFIX + "pool.name")))
            .forEach(point -> counts.put(time, point.count()));
      }
    }
    return counts;
  }

  private static ReceivedMetric.Point point(ReceivedMetric metric, String pool) {
    return metric.points().stream()
        .filter(point -> pool.equals(point.attribute(PREFIX + "pool.name")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no point of " + pool + " in " + metric));
  }

  private static void get(Visitor visitor, String path) {
    assertThat(visitor.get(path)).as(path).isEqualTo(200);
  }
}
