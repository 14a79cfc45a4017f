/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** What evaluating costs in memory, and what happens when there are too many groups. */
class BoundsTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void evaluating_allocatesNothing() {
    String[] rules = {
      "p99(http.server[5m]) by (http.route) > 5ms",
      "error_rate(http.server[5m]) by (http.route) > 1% and count(http.server) by (http.route) > 0",
      "max(http.server[5m]) by (http.route) - avg(http.server[5m]) > 100ms",
      "rate(http.server) / rate(http.server offset 1m) < 50% or absent(http.client[1m])",
      "anomaly(p50(http.server) by (http.route), 4)"
    };
    Scene scene = new Scene(rules);
    for (int i = 0; i < 60; i++) {
      for (int route = 0; route < 50; route++) {
        scene.requests("/" + route, route % 7 == 0 ? 500 : 200, 1 + i % 9, 10, 20);
      }
      scene.pass(10);
    }
    List<Expression> all = new ArrayList<>(scene.expressions.values());
    Counting counting = new Counting();
    long now = scene.now();
    for (int i = 0; i < 50; i++) {
      evaluate(scene, all, now + i, counting);
    }
    long id = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(id);
    for (int i = 0; i < 2_000; i++) {
      evaluate(scene, all, now + 100 + i, counting);
    }
    long bytes = THREADS.getThreadAllocatedBytes(id) - before;

    assertThat(counting.found).as("groups found").isGreaterThan(2_000 * 50);
    assertThat(bytes).as("bytes for 10,000 evaluations of 50 groups").isLessThan(10_000);
  }

  private static void evaluate(Scene scene, List<Expression> all, long now, Found into) {
    for (int i = 0; i < all.size(); i++) {
      scene.measures.evaluate(all.get(i), now, into);
    }
  }

  @Test
  void running_holdsNoMoreAfterADayThanAfterAnHour() {
    Scene scene =
        new Scene(
            "p99(http.server[5m]) by (http.route)",
            "count(http.server[1h]) by (http.route)",
            "max(http.server[10m] offset 1h)");
    long afterTwoHours = 0;
    for (int i = 0; i < 24 * 360; i++) {
      for (int route = 0; route < 5; route++) {
        scene.requests("/" + route, 200, 1 + i % 97, 10 + route, 20);
      }
      scene.pass(10);
      scene.value("max(http.server[10m] offset 1h)");
      if (i == 2 * 360) {
        afterTwoHours = scene.measures.bytes();
      }
    }

    assertThat(afterTwoHours).isBetween(10_000L, 400_000L);
    assertThat(scene.measures.bytes()).isLessThan(2 * afterTwoHours);
    assertThat(scene.measures.refused()).isZero();
  }

  @Test
  void tooManyGroups_areCountedAndMakeRoomWhenOthersFallSilent() {
    String rule = "count(http.server) by (http.route) > 0";
    Scene scene = new Scene(rule, "count(http.server)");
    for (int route = 0; route < 1_500; route++) {
      scene.requests("/" + route, 200, 1);
    }
    scene.pass(10);

    assertThat(scene.check(rule).held).hasSize(GroupSpace.MOST_GROUPS);
    assertThat(scene.value("count(http.server)")).isEqualTo(1_500);
    assertThat(scene.measures.refused()).isEqualTo(500);

    for (int i = 0; i < 7; i++) {
      scene.requests("/0", 200, 1);
      scene.pass(600);
    }
    assertThat(scene.check(rule).unknown).isEmpty();
    assertThat(scene.check(rule).held).hasSize(1);
    scene.requests("/1400", 200, 1);
    scene.requests("/0", 200, 1);
    scene.pass(10);
    assertThat(scene.check(rule).held)
        .extracting(labels -> labels.get("http.route"))
        .containsExactlyInAnyOrder("/0", "/1400");
    assertThat(scene.value("count(http.server)")).isEqualTo(2);
  }

  @Test
  void memory_isBoundedWhateverIsRead() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      texts.add("p99(http.server{http.route!=\"/x" + i + "\"}[1h]) by (http.route)");
    }
    Scene scene = new Scene(texts.toArray(new String[0]));
    for (int i = 0; i < 30; i++) {
      for (int route = 0; route < 900; route++) {
        scene.requests("/" + route, 200, 1 + i, 2 + i * 5, 500 + route);
      }
      scene.pass(60);
    }

    assertThat(scene.measures.bytes()).isBetween(Room.MOST_BYTES / 2, Room.MOST_BYTES * 5 / 4);
    assertThat(scene.measures.refused()).isPositive();
    assertThat(scene.values(texts.get(0))).isNotEmpty();
    scene.measures = scene.measures.adapt(new ArrayList<>());
    assertThat(scene.measures.bytes()).as("bytes when nothing is read").isLessThan(100_000);
  }

  /** Counts without keeping. */
  private static final class Counting implements Found {
    long found;

    @Override
    public void found(
        SortedMap<String, String> labels, double v, double limit, long n, Exemplar shown) {
      found++;
    }
  }
}
