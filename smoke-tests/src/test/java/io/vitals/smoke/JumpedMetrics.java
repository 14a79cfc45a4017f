/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What has to hold for the metrics of a process whose clock was set while it ran. */
final class JumpedMetrics {
  private static final String REQUESTS = "http.server.request.duration";

  /** Exported once a second; by how much a busy machine is late. */
  private static final long LONGEST_INTERVAL_NANOS = Duration.ofSeconds(20).toNanos();

  /** After a pause the next interval is half as long. */
  private static final long SHORTEST_INTERVAL_NANOS = Duration.ofMillis(200).toNanos();

  private final Received received;
  private final JumpedTimes times;

  JumpedMetrics(Received received, JumpedTimes times) {
    this.received = received;
    this.times = times;
  }

  void check(String temporality, int visits) {
    for (ReceivedMetric metric : received.metrics()) {
      for (ReceivedMetric.Point point : metric.points()) {
        assertThat(point.startNanos()).as("%s", metric).isLessThanOrEqualTo(point.timeNanos());
        assertThat(times.contain(point.timeNanos())).as("%s %s", times, metric).isTrue();
      }
    }
    Map<String, List<ReceivedMetric.Point>> series = new HashMap<>();
    for (ReceivedMetric metric : received.metrics()) {
      boolean isTotal = metric.type().equals("HISTOGRAM") || metric.monotonic();
      for (ReceivedMetric.Point point : metric.points()) {
        if (isTotal) {
          String key = metric.temporality() + " " + metric.name() + point.attributes();
          series.computeIfAbsent(key, added -> new ArrayList<>()).add(point);
        }
      }
    }
    assertThat(series).hasSizeGreaterThan(10);
    series.forEach(this::checkSeries);
    checkRequests(temporality, visits);
  }

  private void checkSeries(String name, List<ReceivedMetric.Point> points) {
    boolean isDelta = name.startsWith("DELTA");
    for (int i = 1; i < points.size(); i++) {
      ReceivedMetric.Point before = points.get(i - 1);
      ReceivedMetric.Point now = points.get(i);
      long length = now.timeNanos() - now.startNanos();
      if (!isDelta) {
        assertThat(now.count()).as(name).isGreaterThanOrEqualTo(before.count());
        assertThat(now.value()).as(name).isGreaterThanOrEqualTo(before.value());
      } else {
        assertThat(now.value()).as(name).isNotNegative();
        assertThat(length).as("%s: %s", name, now).isLessThan(LONGEST_INTERVAL_NANOS);
        if (i < points.size() - 1) {
          assertThat(length).as("%s: %s", name, now).isGreaterThan(SHORTEST_INTERVAL_NANOS);
        }
      }
    }
    if (!isDelta) {
      // Who keeps totals takes another start for another process: only where it cannot stay.
      assertThat(points.stream().map(ReceivedMetric.Point::startNanos).distinct())
          .as(name)
          .hasSizeLessThanOrEqualTo(2);
    }
  }

  private void checkRequests(String temporality, int visits) {
    List<ReceivedMetric.Point> points =
        received.metrics().stream()
            .filter(metric -> metric.name().equals(REQUESTS))
            .flatMap(metric -> metric.points().stream())
            .filter(point -> "/all".equals(point.attribute("http.route")))
            .toList();
    boolean isDelta = temporality.equals("delta");
    ReceivedMetric.Point last = points.get(points.size() - 1);
    long count =
        isDelta ? points.stream().mapToLong(ReceivedMetric.Point::count).sum() : last.count();
    double sum =
        isDelta ? points.stream().mapToDouble(ReceivedMetric.Point::value).sum() : last.value();
    assertThat(count).isEqualTo(visits);
    assertThat(sum).isGreaterThan(0).isLessThan(times.seconds());
  }
}
