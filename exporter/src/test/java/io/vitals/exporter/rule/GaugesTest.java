/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import static io.opentelemetry.sdk.metrics.InstrumentType.OBSERVABLE_COUNTER;
import static io.opentelemetry.sdk.metrics.InstrumentType.OBSERVABLE_GAUGE;
import static io.opentelemetry.sdk.metrics.InstrumentType.OBSERVABLE_UP_DOWN_COUNTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableHistogramData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableHistogramPointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableMetricData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What functions over gauges, levels, counters and histograms say. */
class GaugesTest {
  private static final Attributes EDEN =
      Scene.with("jvm.memory.pool.name", "Eden", "jvm.memory.type", "heap");
  private static final Attributes OLD =
      Scene.with("jvm.memory.pool.name", "Old", "jvm.memory.type", "heap");
  private static final Attributes META =
      Scene.with("jvm.memory.pool.name", "Metaspace", "jvm.memory.type", "non_heap");

  private static MetricData used(double eden, double old, double meta) {
    return Scene.metric(
        OBSERVABLE_UP_DOWN_COUNTER, "jvm.memory.used", "By", EDEN, eden, OLD, old, META, meta);
  }

  private static SortedMap<String, String> type(String type) {
    return new TreeMap<>(Map.of("jvm.memory.type", type));
  }

  @Test
  void levels_areAddedUp() {
    Scene scene =
        new Scene(
            "jvm.memory.used",
            "jvm.memory.used{jvm.memory.type='heap'}",
            "sum(jvm.memory.used) by (jvm.memory.type)",
            "avg(jvm.memory.used[1m])",
            "max(jvm.memory.used[1m])",
            "min(jvm.memory.used[1m])",
            "jvm.memory.used offset 20s",
            "jvm.memory.used > 650B");
    scene.collect(10, used(100, 200, 300));
    scene.collect(10, used(200, 300, 400));
    scene.collect(10, used(100, 300, 300));

    assertThat(scene.value("jvm.memory.used")).isEqualTo(700);
    assertThat(scene.value("jvm.memory.used{jvm.memory.type='heap'}")).isEqualTo(400);
    assertThat(scene.values("sum(jvm.memory.used) by (jvm.memory.type)"))
        .isEqualTo(Map.of(type("heap"), 400.0, type("non_heap"), 300.0));
    assertThat(scene.value("avg(jvm.memory.used[1m])")).isCloseTo(2200 / 3.0, within(1e-9));
    assertThat(scene.value("max(jvm.memory.used[1m])")).isEqualTo(900);
    assertThat(scene.value("min(jvm.memory.used[1m])")).isEqualTo(600);
    assertThat(scene.value("jvm.memory.used offset 20s")).isEqualTo(600);
    Scene.Outcome outcome = scene.check("jvm.memory.used > 650B");
    assertThat(outcome.value).isEqualTo(700);
    assertThat(outcome.threshold).isEqualTo(650);
    assertThat(outcome.samples).isEqualTo(1);
    assertThat(outcome.exemplar).isNull();
  }

  @Test
  void gauges_areNot() {
    Scene scene =
        new Scene(
            "system.filesystem.utilization",
            "sum(system.filesystem.utilization)",
            "max(system.filesystem.utilization[1m])",
            "min(system.filesystem.utilization[1m])",
            "avg(system.filesystem.utilization[1m])");
    Attributes root = Scene.with("system.filesystem.mountpoint", "/");
    Attributes data = Scene.with("system.filesystem.mountpoint", "/data");
    for (double used : new double[] {0.1, 0.3}) {
      scene.collect(
          10,
          Scene.metric(
              OBSERVABLE_GAUGE, "system.filesystem.utilization", "1", root, used, data, 0.5));
    }

    assertThat(scene.value("system.filesystem.utilization")).isEqualTo(0.4);
    assertThat(scene.value("sum(system.filesystem.utilization)")).isEqualTo(0.8);
    assertThat(scene.value("max(system.filesystem.utilization[1m])")).isEqualTo(0.5);
    assertThat(scene.value("min(system.filesystem.utilization[1m])")).isEqualTo(0.1);
    assertThat(scene.value("avg(system.filesystem.utilization[1m])")).isCloseTo(0.35, within(1e-9));
  }

  @Test
  void aValueThatIsGone_isUnknown() {
    String rule = "sum(jvm.memory.used) by (jvm.memory.type) > 1kB";
    Scene scene = new Scene(rule, "jvm.cpu.recent_utilization > 80%");
    scene.collect(10, used(1000, 1000, 1000));
    assertThat(scene.check(rule).held).containsExactly(type("heap"));

    scene.collect(
        10, Scene.metric(OBSERVABLE_UP_DOWN_COUNTER, "jvm.memory.used", "By", EDEN, 2000));
    assertThat(scene.check(rule).held).containsExactly(type("heap"));
    assertThat(scene.check(rule).unknown).containsExactly(type("non_heap"));
    assertThat(scene.check("jvm.cpu.recent_utilization > 80%").answer()).isEqualTo("unknown");

    scene.rig.clock.advanceSeconds(301);
    assertThat(scene.check(rule).held).isEmpty();
  }

  @Test
  void counters_riseAndBeginAnew() {
    Scene scene =
        new Scene(
            "increase(vitals.agent.dropped[1m])",
            "rate(vitals.agent.dropped[1m])",
            "increase(vitals.agent.dropped[1m]) by (reason)",
            "absent(vitals.agent.dropped[30s])",
            "rate(jvm.cpu.time[1m]) / jvm.cpu.count > 40%");
    Attributes full = Scene.with("reason", "queue_full");
    Attributes late = Scene.with("reason", "spill_full");
    scene.collect(10, dropped(full, 1000), cpu(5));
    assertThat(scene.value("increase(vitals.agent.dropped[1m])")).isZero();
    scene.collect(10, dropped(full, 1030), cpu(15));
    scene.collect(10, dropped(full, 1030, late, 5), cpu(25));
    scene.collect(10, dropped(full, 20, late, 5), cpu(35));

    assertThat(scene.value("increase(vitals.agent.dropped[1m])")).isEqualTo(55);
    assertThat(scene.value("rate(vitals.agent.dropped[1m])")).isCloseTo(55 / 30.0, within(1e-9));
    assertThat(scene.values("increase(vitals.agent.dropped[1m]) by (reason)"))
        .isEqualTo(
            Map.of(
                new TreeMap<>(Map.of("reason", "queue_full")),
                50.0,
                new TreeMap<>(Map.of("reason", "spill_full")),
                5.0));
    scene.collect(
        0,
        cpu(35),
        Scene.metric(OBSERVABLE_UP_DOWN_COUNTER, "jvm.cpu.count", "{cpu}", Attributes.empty(), 2));
    Scene.Outcome busy = scene.check("rate(jvm.cpu.time[1m]) / jvm.cpu.count > 40%");
    assertThat(busy.value).isCloseTo(0.5, within(1e-9));

    assertThat(scene.check("absent(vitals.agent.dropped[30s])").answer()).isEqualTo("no");
    for (int i = 0; i < 4; i++) {
      scene.collect(10, cpu(40));
    }
    assertThat(scene.check("absent(vitals.agent.dropped[30s])").answer()).isEqualTo("yes");
  }

  @Test
  void firstPointOfACounterThatWasNotThere_isAnIncrease() {
    Scene scene = new Scene("increase(vitals.agent.dropped[1m]) > 0");
    scene.collect(10, cpu(1));
    scene.collect(10, cpu(2));
    assertThat(scene.check("increase(vitals.agent.dropped[1m]) > 0").answer()).isEqualTo("unknown");

    scene.collect(10, cpu(3), dropped(Scene.with("reason", "queue_full"), 5));
    Scene.Outcome outcome = scene.check("increase(vitals.agent.dropped[1m]) > 0");
    assertThat(outcome.answer()).isEqualTo("yes");
    assertThat(outcome.value).isEqualTo(5);
  }

  private static MetricData dropped(Object... points) {
    return Scene.metric(OBSERVABLE_COUNTER, "vitals.agent.dropped", "{item}", points);
  }

  private static MetricData cpu(double seconds) {
    return Scene.metric(OBSERVABLE_COUNTER, "jvm.cpu.time", "s", Attributes.empty(), seconds);
  }

  @Test
  void histograms_giveNumberAndSum() {
    String gc = "sum(jvm.gc.duration[1m]) / 1m > 20%";
    Scene scene =
        new Scene(
            gc,
            "sum(jvm.gc.duration[1m])",
            "count(jvm.gc.duration[1m])",
            "avg(jvm.gc.duration[1m])",
            "rate(jvm.gc.duration[1m])");
    scene.collect(10, gc(AggregationTemporality.CUMULATIVE, 100, 50));
    scene.collect(10, gc(AggregationTemporality.CUMULATIVE, 104, 60));
    scene.collect(10, gc(AggregationTemporality.CUMULATIVE, 106, 65));

    assertThat(scene.value("sum(jvm.gc.duration[1m])")).isCloseTo(15, within(1e-9));
    assertThat(scene.value("count(jvm.gc.duration[1m])")).isEqualTo(6);
    assertThat(scene.value("avg(jvm.gc.duration[1m])")).isCloseTo(2.5, within(1e-9));
    assertThat(scene.value("rate(jvm.gc.duration[1m])")).isCloseTo(0.3, within(1e-9));
    assertThat(scene.check(gc).value).isCloseTo(0.25, within(1e-9));

    scene.collect(10, gc(AggregationTemporality.DELTA, 3, 9));
    assertThat(scene.value("count(jvm.gc.duration[1m])")).isEqualTo(9);
    assertThat(scene.value("sum(jvm.gc.duration[1m])")).isCloseTo(24, within(1e-9));
  }

  private static MetricData gc(AggregationTemporality temporality, long count, double sum) {
    return ImmutableMetricData.createDoubleHistogram(
        Resource.empty(),
        InstrumentationScopeInfo.empty(),
        "jvm.gc.duration",
        "",
        "s",
        ImmutableHistogramData.create(
            temporality,
            Collections.singletonList(
                ImmutableHistogramPointData.create(
                    0,
                    1,
                    Scene.with("jvm.gc.name", "G1"),
                    sum,
                    false,
                    0,
                    false,
                    0,
                    Collections.singletonList(1.0),
                    Arrays.asList(count, 0L)))));
  }
}
