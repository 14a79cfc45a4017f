/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What is exported of durations that somebody else measured too. */
@Tag("export")
@Isolated // It measures time.
class PercentileTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String DURATION = "db.client.operation.duration";
  private static final String SUMMARY = "call busy";

  /** What lies between the program's clock and the agent's, where nothing interrupts. */
  private static final long BETWEEN_CLOCKS_NANOS = 100_000;

  @Test
  void twentyThousandCalls_haveThePercentilesOfTheSortedList() {
    int calls = 20_000;
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.running()
                .asInProduction()
                .agent()
                .exportingTo(receiver)
                // All of it in one interval, and no span without a place.
                .property("otel.metric.export.interval", "600000")
                .property("otel.bsp.max.queue.size", "32768")
                .start(Program.ERRANDS)) {
      jvm.awaitPort();
      warmUp(jvm, receiver);
      long[] clocked = calls(jvm, calls);
      assertThat(jvm.finish()).isZero();
      assertThat(jvm.noise()).isEmpty();
      Received received = receiver.received();
      long[] shown = spanNanos(received);
      assertThat(shown).hasSize(calls);
      long interrupted = interruptedBetweenClocks(shown, clocked);
      assertThat(interrupted).isLessThan(calls / 100);
      Arrays.sort(clocked);
      Arrays.sort(shown);

      Map<Double, Double> gauges = gauges(received);
      assertThat(gauges).containsOnlyKeys(0.5, 0.9, 0.95, 0.99, 0.999);
      gauges.forEach(
          (quantile, seconds) -> {
            double percent = quantile == 0.99 ? 0.3 : 1;
            assertThat(seconds * 1e9)
                .as("p%s by the program's clock", quantile)
                .isCloseTo(rank(clocked, quantile), Percentage.withPercentage(percent));
            assertThat(seconds * 1e9)
                .as("p%s of the spans", quantile)
                .isCloseTo(rank(shown, quantile), Percentage.withPercentage(0.11));
          });
      histogram_isThatOf(shown, clocked, interrupted, received);
    }
  }

  private static void histogram_isThatOf(
      long[] shown, long[] clocked, long interrupted, Received received) {
    ReceivedMetric.Point point = point(received.metric(DURATION));
    assertThat(point.count()).isEqualTo(clocked.length);
    assertThat(point.buckets().stream().mapToLong(Long::longValue).sum()).isEqualTo(clocked.length);
    assertThat(point.bounds()).containsExactly(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0);
    assertThat(point.value()).isCloseTo(Arrays.stream(shown).sum() / 1e9, within(1e-6));
    assertThat(point.value())
        .isCloseTo(Arrays.stream(clocked).sum() / 1e9, Percentage.withPercentage(1));
    long below = 0;
    for (int i = 0; i < point.bounds().size(); i++) {
      long bound = Math.round(point.bounds().get(i) * 1e9);
      below += point.buckets().get(i);
      assertThat(below).as("up to %s ns", bound).isEqualTo(upTo(shown, bound));
      assertThat(below)
          .isBetween(
              upTo(clocked, bound), upTo(clocked, bound + BETWEEN_CLOCKS_NANOS) + interrupted);
    }
    Set<String> traces =
        received.spans().stream().map(ReceivedSpan::traceId).collect(Collectors.toSet());
    assertThat(point.exemplarTraceIds()).isNotEmpty().allMatch(traces::contains);
  }

  @Test
  void exponentialHistogram_countsTheSame() {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.running()
                .asInProduction()
                .agent()
                .exportingTo(receiver)
                .property("vitals.percentiles", "0.75,0.99")
                .property(
                    "otel.exporter.otlp.metrics.default.histogram.aggregation",
                    "base2_exponential_bucket_histogram")
                .start(Program.ERRANDS)) {
      jvm.awaitPort();
      calls(jvm, 1000);
      assertThat(jvm.finish()).isZero();
      ReceivedMetric metric = receiver.received().metric(DURATION);
      assertThat(metric.type()).isEqualTo("EXPONENTIAL_HISTOGRAM");
      ReceivedMetric.Point point = point(metric);
      assertThat(point.count()).isEqualTo(1000);
      assertThat(point.buckets()).hasSizeBetween(10, 160);
      assertThat(point.buckets().stream().mapToLong(Long::longValue).sum()).isEqualTo(1000);
      assertThat(gauges(receiver.received())).containsOnlyKeys(0.75, 0.99);
    }
  }

  @Test
  void delta_sendsEachCallOnce() {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.running()
                .asInProduction()
                .agent()
                .exportingTo(receiver)
                .property("otel.metric.export.interval", "300")
                .property("otel.exporter.otlp.metrics.temporality.preference", "delta")
                .start(Program.ERRANDS)) {
      jvm.awaitPort();
      calls(jvm, 500);
      receiver
          .received()
          .awaitMetric(DURATION, metric -> deltas(receiver).count() == 500, PATIENCE);
      calls(jvm, 700);
      assertThat(jvm.finish()).isZero();
      assertThat(deltas(receiver).count()).isEqualTo(1200);
      assertThat(deltas(receiver).metrics())
          .hasSizeGreaterThan(1)
          .allMatch(metric -> metric.temporality().equals("DELTA"));
      long end = 0;
      for (ReceivedMetric metric : deltas(receiver).metrics()) {
        ReceivedMetric.Point point = point(metric);
        assertThat(point.startNanos()).isGreaterThanOrEqualTo(end).isLessThan(point.timeNanos());
        end = point.timeNanos();
      }
    }
  }

  /** Every export of the calls' histogram. */
  private record Deltas(List<ReceivedMetric> metrics) {
    long count() {
      return metrics.stream().mapToLong(metric -> point(metric).count()).sum();
    }
  }

  private static Deltas deltas(OtlpReceiver receiver) {
    return new Deltas(
        receiver.received().metrics().stream()
            .filter(metric -> metric.name().equals(DURATION) && hasCalls(metric))
            .toList());
  }

  /** Lets the compiler see the road once, and waits until the exporters are there. */
  private static void warmUp(ForkedJvm jvm, OtlpReceiver receiver) {
    jvm.say("warm 2000");
    jvm.awaitLine(Pattern.compile("^warm "));
    receiver
        .received()
        .awaitSpans(
            spans -> spans.stream().filter(span -> span.name().equals("call warm")).count() == 2000,
            PATIENCE);
  }

  /** Makes so many calls and returns what each took by the program's clock. */
  private static long[] calls(ForkedJvm jvm, int number) {
    jvm.say("calls " + number);
    String list = jvm.awaitLine(Pattern.compile("^calls " + number + " ([\\d,]++)$")).group(1);
    return Arrays.stream(list.split(",")).mapToLong(Long::parseLong).toArray();
  }

  /** Calls, both lists in the order of time, during which the system took the processor away. */
  private static long interruptedBetweenClocks(long[] shown, long[] clocked) {
    return IntStream.range(0, shown.length)
        .filter(i -> clocked[i] - shown[i] > BETWEEN_CLOCKS_NANOS)
        .count();
  }

  /** What the spans took, in the order in which they began. */
  private static long[] spanNanos(Received received) {
    return received.spans().stream()
        .filter(span -> span.name().equals(SUMMARY))
        .sorted(Comparator.comparingLong(ReceivedSpan::startNanos))
        .mapToLong(span -> span.endNanos() - span.startNanos())
        .toArray();
  }

  private static long rank(long[] sorted, double quantile) {
    return sorted[(int) Math.ceil(quantile * sorted.length) - 1];
  }

  private static long upTo(long[] sorted, long bound) {
    return Arrays.stream(sorted).filter(each -> each <= bound).count();
  }

  private static boolean isCall(ReceivedMetric.Point point) {
    return SUMMARY.equals(point.attribute("db.query.summary"));
  }

  private static boolean hasCalls(ReceivedMetric metric) {
    return metric.points().stream().anyMatch(PercentileTest::isCall);
  }

  private static ReceivedMetric.Point point(ReceivedMetric metric) {
    List<ReceivedMetric.Point> points =
        metric.points().stream().filter(PercentileTest::isCall).toList();
    assertThat(points).hasSize(1);
    return points.get(0);
  }

  private static Map<Double, Double> gauges(Received received) {
    return received.metric(DURATION + ".percentile").points().stream()
        .filter(PercentileTest::isCall)
        .collect(
            Collectors.toMap(
                point -> (Double) point.attributes().get("quantile"), ReceivedMetric.Point::value));
  }
}
