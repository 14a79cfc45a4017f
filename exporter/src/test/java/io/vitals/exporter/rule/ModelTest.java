/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Random traffic in intervals of random length, against a model that keeps every request. */
class ModelTest {
  private static final String[] ROUTES = {"/a", "/b", "/c"};
  private static final String GROUPED = "count(http.server[1m]) by (http.route)";

  /** One request, and the interval that it came in. */
  private record Call(long start, long end, String route, int status, long nanos) {}

  private final List<Call> calls = new ArrayList<>();
  private final List<long[]> intervals = new ArrayList<>();

  @Test
  void windows_holdWhatTheModelHolds() {
    for (int seed = 0; seed < 8; seed++) {
      calls.clear();
      intervals.clear();
      traffic(new Random(seed));
    }
  }

  private void traffic(Random random) {
    Scene scene =
        new Scene(
            "count(http.server[1m])",
            "sum(http.server[5m])",
            "rate(http.server[5m])",
            "error_rate(http.server[1m])",
            "min(http.server[5m])",
            "max(http.server[1m])",
            "p90(http.server[5m])",
            "p50(http.server{http.route=\"/a\"}[1m])",
            "slow_rate(http.server{http.route!~\"/[ab]\"}[5m], 100ms)",
            "count(http.server[1m] offset 2m)",
            "count(http.server[1h])",
            GROUPED);
    boolean isBusy = true;
    for (int step = 0; step < 500; step++) {
      isBusy = random.nextInt(20) == 0 ? !isBusy : isBusy;
      long start = scene.now();
      int seconds = 5 + random.nextInt(random.nextInt(10) == 0 ? 60 : 10);
      long end = start + seconds * 1_000_000_000L;
      for (int i = isBusy ? random.nextInt(12) : 0; i > 0; i--) {
        long millis = 1 + random.nextInt(1 + random.nextInt(400));
        String route = ROUTES[random.nextInt(ROUTES.length)];
        int status = random.nextInt(5) == 0 ? 500 : 200;
        scene.requests(route, status, millis);
        calls.add(new Call(start, end, route, status, millis * Scene.MILLI));
      }
      scene.pass(seconds);
      intervals.add(new long[] {start, end});
      if (step > 0) {
        compare(scene);
      }
    }
  }

  private void compare(Scene scene) {
    long now = scene.now();
    List<Call> minute = window(now, 60);
    List<Call> five = window(now, 300);
    if (calls.isEmpty()) {
      return;
    }
    same(scene, "count(http.server[1m])", minute.size());
    same(scene, "sum(http.server[5m])", nanos(five).stream().mapToLong(n -> n).sum() / 1e9);
    same(scene, "rate(http.server[5m])", five.size() / seconds(now, 300));
    same(scene, "error_rate(http.server[1m])", share(minute, call -> call.status == 500));
    same(scene, "min(http.server[5m])", five.isEmpty() ? Double.NaN : nanos(five).get(0) / 1e9);
    same(scene, "max(http.server[1m])", quantile(minute, 1));
    near(scene, "p90(http.server[5m])", quantile(five, 0.9));
    List<Call> a = minute.stream().filter(call -> call.route.equals("/a")).toList();
    near(scene, "p50(http.server{http.route=\"/a\"}[1m])", quantile(a, 0.5));
    List<Call> c = five.stream().filter(call -> call.route.equals("/c")).toList();
    same(
        scene,
        "slow_rate(http.server{http.route!~\"/[ab]\"}[5m], 100ms)",
        share(c, call -> call.nanos > 100 * Scene.MILLI));
    if (now - 180_000_000_000L >= intervals.get(0)[0]) {
      long then = now - 120_000_000_000L;
      List<Call> past = calls.stream().filter(call -> middle(call) <= then).toList();
      long size = past.stream().filter(call -> middle(call) > then - 60_000_000_000L).count();
      if (intervals.stream().anyMatch(i -> isIn((i[0] + i[1]) / 2, then - 60_000_000_000L, then))) {
        same(scene, "count(http.server[1m] offset 2m)", size);
      }
    }
    double hour = scene.value("count(http.server[1h])");
    assertThat(hour)
        .isBetween((double) window(now, 3540).size(), (double) window(now, 3660).size());
    Map<SortedMap<String, String>, Double> groups = scene.values(GROUPED);
    for (String route : ROUTES) {
      if (calls.stream().anyMatch(call -> call.route.equals(route))) {
        assertThat(groups.get(new TreeMap<>(Map.of("http.route", route))))
            .isEqualTo(minute.stream().filter(call -> call.route.equals(route)).count());
      }
    }
  }

  private static boolean isIn(long moment, long from, long to) {
    return moment > from && moment <= to;
  }

  private static long middle(Call call) {
    return call.start + (call.end - call.start) / 2;
  }

  private void same(Scene scene, String text, double expected) {
    double actual = scene.value(text);
    if (Double.isNaN(expected)) {
      assertThat(actual).as(text).isNaN();
    } else {
      assertThat(actual).as(text).isCloseTo(expected, within(1e-9 * (1 + expected)));
    }
  }

  private void near(Scene scene, String text, double expected) {
    double actual = scene.value(text);
    if (Double.isNaN(expected)) {
      assertThat(actual).as(text).isNaN();
    } else {
      assertThat(actual).as(text).isCloseTo(expected, within(0.001 * expected));
    }
  }

  /** From when a window reaches: to the middle of the newest interval at least. */
  private long from(long now, long seconds) {
    long from = now - seconds * 1_000_000_000L;
    long[] newest = intervals.get(intervals.size() - 1);
    long middle = newest[0] + (newest[1] - newest[0]) / 2;
    return middle <= from && newest[1] > from ? middle - 1 : from;
  }

  private List<Call> window(long now, long seconds) {
    long from = from(now, seconds);
    return calls.stream().filter(call -> middle(call) > from).toList();
  }

  private double seconds(long now, long window) {
    long from = from(now, window);
    return intervals.stream()
        .filter(interval -> interval[0] + (interval[1] - interval[0]) / 2 > from)
        .mapToDouble(interval -> (interval[1] - interval[0]) / 1e9)
        .sum();
  }

  private static List<Long> nanos(List<Call> of) {
    List<Long> all = new ArrayList<>(of.stream().map(Call::nanos).toList());
    Collections.sort(all);
    return all;
  }

  private static double quantile(List<Call> of, double quantile) {
    List<Long> sorted = nanos(of);
    return sorted.isEmpty()
        ? Double.NaN
        : sorted.get((int) Math.ceil(quantile * sorted.size() - 1e-9) - 1) / 1e9;
  }

  private static double share(List<Call> of, Predicate<Call> which) {
    return of.isEmpty() ? Double.NaN : (double) of.stream().filter(which).count() / of.size();
  }
}
