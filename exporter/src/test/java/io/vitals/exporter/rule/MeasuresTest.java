/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What functions over spans say, against numbers worked out by hand. */
class MeasuresTest {
  private static final SortedMap<String, String> ALL = new TreeMap<>();

  private static SortedMap<String, String> route(String route) {
    return new TreeMap<>(Map.of("http.route", route));
  }

  @Test
  void functions_readTheWindow() {
    Scene scene =
        new Scene(
            "p50(http.server)",
            "p90(http.server)",
            "avg(http.server)",
            "min(http.server)",
            "max(http.server)",
            "sum(http.server)",
            "count(http.server)",
            "increase(http.server)",
            "rate(http.server)",
            "error_rate(http.server)",
            "slow_rate(http.server, 450ms)",
            "count(http.server{http.response.status_code=~\"5..\"})",
            "count(http.server{error.type=\"\"})",
            "count(http.server[10s])",
            "count(http.server[10s] offset 10s)");
    scene.requests("/a", 200, 900, 1000);
    scene.pass(60);
    scene.requests("/a", 200, 100, 200, 300);
    scene.pass(10);
    scene.requests("/b", 500, 400);
    scene.requests("/b", 200, 500);
    scene.pass(10);
    for (int i = 0; i < 4; i++) {
      scene.pass(10);
    }

    assertThat(scene.value("count(http.server)")).isEqualTo(5);
    assertThat(scene.value("increase(http.server)")).isEqualTo(5);
    assertThat(scene.value("rate(http.server)")).isCloseTo(5 / 60.0, within(1e-9));
    assertThat(scene.value("error_rate(http.server)")).isEqualTo(0.2);
    assertThat(scene.value("slow_rate(http.server, 450ms)")).isEqualTo(0.2);
    assertThat(scene.value("sum(http.server)")).isCloseTo(1.5, within(1e-9));
    assertThat(scene.value("avg(http.server)")).isCloseTo(0.3, within(1e-9));
    assertThat(scene.value("min(http.server)")).isEqualTo(0.1);
    assertThat(scene.value("max(http.server)")).isEqualTo(0.5);
    assertThat(scene.value("p50(http.server)")).isCloseTo(0.3, within(0.0003));
    assertThat(scene.value("p90(http.server)")).isCloseTo(0.5, within(0.0005));
    assertThat(scene.value("count(http.server{http.response.status_code=~\"5..\"})")).isEqualTo(1);
    assertThat(scene.value("count(http.server{error.type=\"\"})")).isEqualTo(4);
    assertThat(scene.value("count(http.server[10s])")).isZero();
    scene.requests("/a", 200, 1, 2, 3);
    scene.pass(10);
    scene.pass(10);
    assertThat(scene.value("count(http.server[10s])")).isZero();
    assertThat(scene.value("count(http.server[10s] offset 10s)")).isEqualTo(3);
  }

  @Test
  void nothing_isNoValueOfPercentilesAndZeroOfCounts() {
    Scene scene =
        new Scene(
            "p99(http.server) > 1s",
            "rate(http.server) == 0",
            "error_rate(http.server) > 1%",
            "rate(http.server) > 0",
            "count(http.client) == 0");
    scene.pass(10);
    assertThat(scene.check("rate(http.server) == 0").answer()).isEqualTo("unknown");

    scene.requests("/a", 200, 5);
    scene.pass(10);
    assertThat(scene.check("rate(http.server) == 0").answer()).isEqualTo("no");
    assertThat(scene.check("p99(http.server) > 1s").answer()).isEqualTo("no");

    for (int i = 0; i < 7; i++) {
      scene.pass(10);
    }
    assertThat(scene.check("rate(http.server) == 0").answer()).isEqualTo("yes");
    assertThat(scene.check("rate(http.server) > 0").answer()).isEqualTo("no");
    assertThat(scene.check("p99(http.server) > 1s").answer()).isEqualTo("unknown");
    assertThat(scene.check("error_rate(http.server) > 1%").answer()).isEqualTo("unknown");
    assertThat(scene.check("count(http.client) == 0").answer()).isEqualTo("unknown");

    scene.rig.clock.advanceSeconds(600);
    assertThat(scene.check("rate(http.server) == 0").answer())
        .as("when nothing was measured for ten minutes")
        .isEqualTo("unknown");
  }

  @Test
  void groups_areFoundOnTheirOwn() {
    String rule = "p90(http.server) by (http.route) > 150ms";
    String both = "p90(http.server) by (http.route) > 1.5 * avg(http.server)";
    String pair = rule + " and count(http.server) by (http.route) >= 2";
    Scene scene = new Scene(rule, both, pair, "count(http.server) by (http.route)");
    scene.requests("/a", 200, 100, 100);
    scene.requests("/b", 200, 200);
    scene.requests("/c", 200, 300, 300);
    scene.requests(null, 404, 10);
    scene.pass(10);

    assertThat(scene.check(rule).held).containsExactlyInAnyOrder(route("/b"), route("/c"));
    assertThat(scene.check(both).held).containsExactly(route("/c"));
    assertThat(scene.check(pair).held).containsExactly(route("/c"));
    assertThat(scene.values("count(http.server) by (http.route)"))
        .isEqualTo(Map.of(route("/a"), 2.0, route("/b"), 1.0, route("/c"), 2.0, ALL, 1.0));

    for (int i = 0; i < 7; i++) {
      scene.requests("/a", 200, 100);
      scene.pass(10);
    }
    assertThat(scene.check(rule).held).isEmpty();
    assertThat(scene.check(rule).unknown).containsExactlyInAnyOrder(route("/b"), route("/c"), ALL);
    assertThat(scene.check(rule).unknown.get(0)).isSameAs(scene.check(rule).unknown.get(0));
  }

  @Test
  void conditions_areJoined() {
    String slow = "p99(http.server) > 100ms";
    String busy = "count(http.server) > 100";
    String failing = "error_rate(http.client) > 1%";
    Scene scene =
        new Scene(
            slow + " and " + busy,
            slow + " or " + busy,
            busy + " or " + slow,
            slow + " unless " + busy,
            busy + " unless " + slow,
            slow + " and " + failing,
            busy + " and " + failing,
            slow + " or " + failing,
            failing + " or " + busy,
            slow + " unless " + failing);
    scene.requests("/a", 200, 200, 200);
    scene.pass(10);

    assertThat(scene.check(slow + " and " + busy).answer()).isEqualTo("no");
    assertThat(scene.check(slow + " or " + busy).answer()).isEqualTo("yes");
    Scene.Outcome second = scene.check(busy + " or " + slow);
    assertThat(second.answer()).isEqualTo("yes");
    assertThat(second.threshold).isEqualTo(0.1);
    assertThat(second.value).isCloseTo(0.2, within(0.0002));
    assertThat(second.samples).isEqualTo(2);
    assertThat(scene.check(slow + " unless " + busy).answer()).isEqualTo("yes");
    assertThat(scene.check(busy + " unless " + slow).answer()).isEqualTo("no");
    assertThat(scene.check(slow + " and " + failing).answer()).isEqualTo("unknown");
    assertThat(scene.check(busy + " and " + failing).answer()).isEqualTo("no");
    assertThat(scene.check(slow + " or " + failing).answer()).isEqualTo("yes");
    assertThat(scene.check(failing + " or " + busy).answer()).isEqualTo("unknown");
    assertThat(scene.check(slow + " unless " + failing).answer()).isEqualTo("yes");
  }

  @Test
  void minCount_makesFewSamplesUnknown() {
    String rule = "error_rate(http.server min_count 3) > 50%";
    Scene scene = new Scene(rule);
    scene.requests("/a", 500, 1, 1);
    scene.pass(10);
    assertThat(scene.check(rule).answer()).isEqualTo("unknown");

    scene.requests("/a", 500, 1);
    scene.pass(10);
    assertThat(scene.check(rule).answer()).isEqualTo("yes");
    assertThat(scene.check(rule).samples).isEqualTo(3);
  }

  @Test
  void exemplar_isTheSlowestOrOneThatFailed() {
    String slow = "max(http.server) > 1ms";
    String failing = "error_rate(http.server) > 1%";
    Scene scene = new Scene(slow, failing);
    scene.sampled("/a", 200, 900, 0xa);
    scene.pass(10);
    scene.sampled("/a", 500, 20, 0xb);
    scene.sampled("/a", 200, 400, 0xc);
    scene.pass(10);

    assertThat(scene.check(slow).exemplar.traceId()).isEqualTo("0000000000000001000000000000000a");
    assertThat(scene.check(slow).exemplar.spanId()).isEqualTo("0000000000000003");
    assertThat(scene.check(failing).exemplar.traceId()).endsWith("b");

    scene.requests("/a", 500, 5);
    for (int i = 0; i < 6; i++) {
      scene.requests("/a", 500, 5);
      scene.pass(10);
    }
    assertThat(scene.check(slow).answer()).isEqualTo("yes");
    assertThat(scene.check(slow).exemplar).isNull();
  }

  @Test
  void absence_holdsWhenAWholeWindowHeldNothing() {
    String rule = "absent(http.server{http.route=\"/a\"}[1m])";
    Scene scene = new Scene(rule);
    for (int i = 0; i < 5; i++) {
      scene.requests("/b", 200, 1);
      scene.pass(10);
      assertThat(scene.check(rule).answer()).isEqualTo("unknown");
    }
    scene.pass(10);
    assertThat(scene.check(rule).answer()).isEqualTo("yes");
    assertThat(scene.check(rule).threshold).isNaN();

    scene.requests("/a", 200, 1);
    scene.pass(10);
    assertThat(scene.check(rule).answer()).isEqualTo("no");
  }

  @Test
  void anomaly_isFarFromItsOwnHours() {
    String rule = "anomaly(avg(http.server), 4)";
    Scene scene = new Scene(rule);
    for (int minute = 0; minute < 40; minute++) {
      // Median 102, MAD 1: four of these are 4 ms.
      scene.requests("/a", 200, 100 + minute % 5);
      scene.pass(60);
      assertThat(scene.check(rule).answer()).isEqualTo(minute < 30 ? "unknown" : "no");
    }
    scene.requests("/a", 200, 107);
    scene.pass(60);
    Scene.Outcome slower = scene.check(rule);
    assertThat(slower.answer()).isEqualTo("yes");
    assertThat(slower.value).isCloseTo(0.107, within(1e-9));
    assertThat(slower.threshold).isCloseTo(0.106, within(1e-9));

    scene.requests("/a", 200, 90);
    scene.pass(60);
    assertThat(scene.check(rule).answer()).isEqualTo("yes");
    assertThat(scene.check(rule).threshold).isCloseTo(0.098, within(1e-9));
  }

  @Test
  void anomalyOfAConstantPast_needsOnePercentADeviation() {
    String rule = "anomaly(count(http.server), 4)";
    Scene scene = new Scene(rule);
    for (int minute = 0; minute < 31; minute++) {
      scene.requests("/a", 200, new long[100]);
      scene.pass(60);
      scene.check(rule);
    }
    scene.requests("/a", 200, new long[104]);
    scene.pass(60);
    assertThat(scene.check(rule).answer()).isEqualTo("no");
    scene.requests("/a", 200, new long[105]);
    scene.pass(60);
    assertThat(scene.check(rule).answer()).isEqualTo("yes");
  }

  @Test
  void offset_comparesWithThePast() {
    String rule = "p50(http.server[5m]) > 2 * p50(http.server[5m] offset 1h)";
    Scene scene = new Scene(rule);
    for (int i = 0; i < 360; i++) {
      scene.requests("/a", 200, 100);
      scene.pass(10);
    }
    assertThat(scene.check(rule).answer()).isEqualTo("unknown");
    for (int i = 0; i < 36; i++) {
      scene.requests("/a", 200, 150);
      scene.pass(10);
    }
    assertThat(scene.check(rule).answer()).isEqualTo("no");
    for (int i = 0; i < 30; i++) {
      scene.requests("/a", 200, 300);
      scene.pass(10);
    }
    assertThat(scene.check(rule).answer()).isEqualTo("yes");
    assertThat(scene.check(rule).threshold).isCloseTo(0.2, within(0.0004));
  }

  @Test
  void reload_keepsThePastOfWhatBothRead() {
    String kept = "count(http.server[5m])";
    String wider = "count(http.server[10m])";
    String percentile = "p50(http.server[5m])";
    String odd = "anomaly(rate(http.server), 4)";
    Scene scene = new Scene(kept, odd);
    for (int minute = 0; minute < 35; minute++) {
      scene.requests("/a", 200, 5);
      scene.pass(60);
      scene.check(odd);
    }
    String fresh = "rate(http.server{http.route=\"/a\"}[10m])";
    String reached = "rate(http.server[10m])";
    scene.add(reached, wider, percentile, fresh, "count(http.client)");
    scene.measures = scene.measures.adapt(scene.expressions.values());

    assertThat(scene.value(kept)).isEqualTo(5);
    assertThat(scene.value(percentile)).isNaN();
    assertThat(scene.check(odd).answer()).isEqualTo("no");
    for (int i = 0; i < 5; i++) {
      scene.requests("/a", 200, 5, 5);
      scene.pass(60);
    }
    assertThat(scene.value(kept)).isEqualTo(10);
    assertThat(scene.value(wider)).isBetween(14.0, 15.0);
    assertThat(scene.value(reached)).as("of 10 minutes").isCloseTo(0.025, within(0.001));
    assertThat(scene.value(fresh)).as("since the reload").isCloseTo(1 / 30.0, within(1e-9));
    assertThat(scene.value(percentile)).isCloseTo(0.005, within(0.00001));

    long before = scene.measures.bytes();
    scene.expressions.keySet().retainAll(java.util.Set.of("count(http.client)"));
    scene.measures = scene.measures.adapt(scene.expressions.values());
    assertThat(scene.measures.bytes()).isLessThan(before);
    scene.expressions.put(kept, Scene.read(kept));
    assertThatThrownBy(() -> scene.value(kept))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing is kept for " + kept);
  }

  @Test
  void shareOfAMonth_isRememberedForTheMonthInLittleRoom() {
    String month = "error_rate(http.server[30d])";
    Scene scene = new Scene(month, "error_rate(http.server[5m])");
    for (int hour = 0; hour < 29 * 24; hour++) {
      scene.requests("/a", hour < 24 ? 500 : 200, 5);
      scene.pass(3600);
    }
    assertThat(scene.value(month)).as("a bad day of 29").isCloseTo(1 / 29.0, within(1e-9));
    assertThat(scene.measures.bytes()).isLessThan(30_000);
    for (int hour = 0; hour < 3 * 24; hour++) {
      scene.requests("/a", 200, 5);
      scene.pass(3600);
    }
    assertThat(scene.value(month)).as("the bad day is over 30 days ago").isZero();
  }

  @Test
  void clockGoingBackwards_doesNotThrow() {
    Scene scene = new Scene("rate(http.server) > 1", "absent(http.server)", "p99(http.server)");
    for (int i = 0; i < 10; i++) {
      scene.requests("/a", 200, 5, 5);
      scene.pass(i == 5 ? -3600 : 10);
      scene.check("rate(http.server) > 1");
      scene.check("absent(http.server)");
      assertThat(scene.value("p99(http.server)")).isCloseTo(0.005, within(0.00001));
    }
  }
}
