/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.vitals.bootstrap.ClientSpan;
import io.vitals.bootstrap.ServerSpan;
import io.vitals.bootstrap.Span;
import io.vitals.exporter.Rig;
import io.vitals.exporter.aggregate.AggregatorOptions;
import io.vitals.exporter.aggregate.DrainWorker;
import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is exported is what was served. */
class LatencyProducerTest {
  private static final String SERVER = "http.server.request.duration";
  private static final double[] QUANTILES = {0.5, 0.9, 0.95, 0.99, 0.999};

  @ParameterizedTest
  @ValueSource(strings = {"log-normal", "pareto", "microseconds", "two peaks", "constant"})
  void percentiles_agreeWithTheSortedList(String shape) {
    Rig rig = new Rig();
    Random random = new Random(42);
    LongSupplier durations = durations(shape, random);
    long[] sorted = new long[20_000];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = durations.getAsLong();
      rig.offer(Rig.request("/orders", 200, sorted[i]));
      rig.aggregator.take(Rig.request("/orders/{id}", 404, 1), false);
      if (i % 1000 == 999) {
        rig.handoff.drain(10_000);
      }
      if (i % 3000 == 2999) {
        rig.clock.advanceSeconds(10);
        new DrainWorker(rig.aggregator, rig.handoff, () -> {}).work();
      }
    }
    Arrays.sort(sorted);

    Collection<MetricData> exported = rig.export();

    for (double quantile : QUANTILES) {
      double exact = sorted[(int) Math.ceil(quantile * sorted.length) - 1] / 1e9;
      double error = quantile == 0.99 ? 0.003 : 0.01;
      assertThat(percentile(exported, "/orders", quantile))
          .as("%s p%s", shape, quantile)
          .isCloseTo(exact, within(exact * error));
    }
    HistogramPointData point = Rig.serverPoint(exported, "/orders");
    assertThat(point.getCount()).isEqualTo(20_000);
    assertThat(point.getSum()).isEqualTo(Arrays.stream(sorted).sum() / 1e9);
    assertThat(point.getMin()).isEqualTo(sorted[0] / 1e9);
    assertThat(point.getMax()).isEqualTo(sorted[19_999] / 1e9);
  }

  private static LongSupplier durations(String shape, Random random) {
    switch (shape) {
      case "log-normal":
        return () -> (long) (20e6 * Math.exp(1.5 * random.nextGaussian()));
      case "pareto":
        return () -> (long) (1e6 / Math.pow(1 - random.nextDouble(), 1 / 1.1));
      case "microseconds":
        return () -> (long) (3_000 + 2_000 * Math.abs(random.nextGaussian()));
      case "two peaks":
        return () -> random.nextInt(100) == 0 ? 5_000_000_000L : 1_000_000 + random.nextInt(1000);
      default:
        return () -> 7_654_321;
    }
  }

  private static double percentile(Collection<MetricData> all, String route, double quantile) {
    return Rig.metric(all, SERVER + ".percentile").getDoubleGaugeData().getPoints().stream()
        .filter(p -> route.equals(p.getAttributes().get(AttributeKey.stringKey("http.route"))))
        .filter(p -> p.getAttributes().get(AttributeKey.doubleKey("quantile")) == quantile)
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  @Test
  void percentiles_areThoseOfFewValues() {
    Rig rig = new Rig();
    for (long millis : new long[] {30, 10, 20}) {
      rig.offer(Rig.request("/few", 200, millis * 1_000_000));
    }
    Collection<MetricData> exported = rig.export();

    assertThat(percentile(exported, "/few", 0.5)).isCloseTo(0.020, within(0.00002));
    assertThat(percentile(exported, "/few", 0.99)).isEqualTo(0.030);
    assertThat(Rig.metric(exported, SERVER + ".percentile").getUnit()).isEqualTo("s");
  }

  @Test
  void buckets_includeTheirUpperBound() {
    Rig rig = new Rig();
    rig.offer(Rig.request("/r", 200, 5_000_000));
    rig.offer(Rig.request("/r", 200, 5_000_001));
    rig.offer(Rig.request("/r", 200, 10_000_000_001L));

    HistogramPointData point = Rig.serverPoint(rig.export(), "/r");

    assertThat(point.getBoundaries())
        .containsExactly(
            0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);
    assertThat(point.getCounts())
        .containsExactly(1L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L);
  }

  @Test
  void attributes_areThoseOfTheConventions() {
    Rig rig = new Rig();
    ServerSpan failed = Rig.request("/orders/{id}", 503, 1_000_000);
    failed.protocol(20);
    failed.bits |= Span.HTTPS;
    failed.method = "BREW";
    rig.offer(failed);
    ClientSpan client = new ClientSpan();
    client.root = client;
    client.method = "POST";
    client.url = URI.create("https://user:pass@pay.example.com/v1?x=1");
    client.error = new java.net.ConnectException("refused");
    rig.offer(client);

    Collection<MetricData> exported = rig.export();

    assertThat(Rig.serverPoint(exported, "/orders/{id}").getAttributes())
        .isEqualTo(
            Attributes.builder()
                .put("http.request.method", "_OTHER")
                .put("http.response.status_code", 503)
                .put("http.route", "/orders/{id}")
                .put("url.scheme", "https")
                .put("network.protocol.version", "2")
                .put("error.type", "503")
                .build());
    assertThat(
            Rig.metric(exported, "http.client.request.duration")
                .getHistogramData()
                .getPoints()
                .iterator()
                .next()
                .getAttributes())
        .isEqualTo(
            Attributes.builder()
                .put("http.request.method", "POST")
                .put("server.address", "pay.example.com")
                .put("server.port", 443)
                .put("error.type", "java.net.ConnectException")
                .build());
  }

  @Test
  void cumulativeSeries_keepsItsStartAndKeepsBeingSent() {
    Rig rig = new Rig();
    rig.offer(Rig.request("/a", 200, 1_000_000));
    HistogramPointData first = Rig.serverPoint(rig.export(), "/a");
    rig.offer(Rig.request("/b", 200, 1_000_000));
    Collection<MetricData> second = rig.export();
    rig.offer(Rig.request("/a", 200, 3_000_000));
    HistogramPointData third = Rig.serverPoint(rig.export(), "/a");

    HistogramPointData idle = Rig.serverPoint(second, "/a");
    assertThat(Rig.metric(second, SERVER).getHistogramData().getAggregationTemporality())
        .isEqualTo(AggregationTemporality.CUMULATIVE);
    assertThat(idle.getCount()).isEqualTo(1);
    assertThat(idle.getStartEpochNanos()).isEqualTo(first.getStartEpochNanos());
    assertThat(idle.getEpochNanos() - first.getEpochNanos()).isEqualTo(60_000_000_000L);
    assertThat(Rig.metric(second, SERVER + ".percentile").getDoubleGaugeData().getPoints())
        .as("only what came since the export before has percentiles")
        .hasSize(5);
    assertThat(third.getCount()).isEqualTo(2);
    assertThat(third.getSum()).isEqualTo(0.004);
    assertThat(third.getMax()).isEqualTo(0.003);
    assertThat(third.getStartEpochNanos()).isEqualTo(first.getStartEpochNanos());
  }

  @Test
  void deltaSeries_startsWhereTheExportBeforeEnded() {
    Rig rig = new Rig(new AggregatorOptions().delta(true));
    rig.offer(Rig.request("/a", 200, 1_000_000));
    HistogramPointData first = Rig.serverPoint(rig.export(), "/a");
    assertThat(rig.export()).isEmpty();
    rig.offer(Rig.request("/a", 200, 3_000_000));
    Collection<MetricData> exported = rig.export();
    HistogramPointData third = Rig.serverPoint(exported, "/a");

    assertThat(Rig.metric(exported, SERVER).getHistogramData().getAggregationTemporality())
        .isEqualTo(AggregationTemporality.DELTA);
    assertThat(third.getCount()).isEqualTo(1);
    assertThat(third.getMin()).isEqualTo(0.003);
    assertThat(third.getStartEpochNanos() - first.getEpochNanos()).isEqualTo(60_000_000_000L);
  }

  @Test
  void deltaSeries_makeRoomWhenTheyRest() {
    Rig rig = new Rig(new AggregatorOptions().delta(true).seriesLimit(11));
    for (int export = 0; export < 5; export++) {
      for (int i = 0; i < 10; i++) {
        rig.offer(Rig.request("/" + export + "/" + i, 200, 1));
      }
      assertThat(Rig.metric(rig.export(), SERVER).getHistogramData().getPoints()).hasSize(10);
      rig.export();
    }
  }

  @Test
  void seriesBeyondTheLimit_shareTheOverflowSeries() {
    Rig rig = new Rig(new AggregatorOptions().seriesLimit(100));
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 500; i++) {
        rig.offer(Rig.request("/" + i, 200, 1));
      }
    }
    var points = Rig.metric(rig.export(), SERVER).getHistogramData().getPoints();

    assertThat(points).hasSize(100);
    HistogramPointData overflow =
        points.stream()
            .filter(
                p ->
                    p.getAttributes()
                        .equals(
                            Attributes.of(AttributeKey.booleanKey("otel.metric.overflow"), true)))
            .findFirst()
            .orElseThrow();
    assertThat(overflow.getCount()).isEqualTo(2 * (500 - 99));
    assertThat(points.stream().mapToLong(HistogramPointData::getCount).sum()).isEqualTo(1000);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void exponentialHistogram_isWithinItsErrorBound(boolean delta) {
    Rig rig = new Rig(new AggregatorOptions().exponential(true).delta(delta));
    Random random = new Random(7);
    long[] sorted = new long[30_000];
    Collection<MetricData> exported = List.of();
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = (long) (20e6 * Math.exp(random.nextGaussian()));
      rig.aggregator.take(Rig.request("/r", 200, sorted[i]), false);
      if (!delta && i % 7000 == 0) {
        rig.export();
      }
    }
    exported = rig.export();
    ExponentialHistogramPointData point =
        Rig.metric(exported, SERVER).getExponentialHistogramData().getPoints().iterator().next();
    Arrays.sort(sorted);

    assertThat(point.getCount()).isEqualTo(30_000);
    assertThat(point.getSum()).isEqualTo(Arrays.stream(sorted).sum() / 1e9);
    assertThat(point.getPositiveBuckets().getBucketCounts().size()).isBetween(80, 160);
    double base = Math.pow(2, Math.pow(2, -point.getScale()));
    for (double quantile : new double[] {0.01, 0.1, 0.5, 0.9, 0.99, 0.999}) {
      double exact = sorted[(int) Math.ceil(quantile * sorted.length) - 1] / 1e9;
      assertThat(estimate(point, quantile, base))
          .isCloseTo(exact, within(exact * ((base - 1) / (base + 1) + 0.001)));
    }
  }

  private static double estimate(ExponentialHistogramPointData point, double q, double base) {
    long rank = (long) Math.ceil(q * point.getCount());
    int index = point.getPositiveBuckets().getOffset();
    for (long count : point.getPositiveBuckets().getBucketCounts()) {
      rank -= count;
      if (rank <= 0) {
        double low = Math.pow(base, index);
        double high = Math.pow(base, index + 1);
        return 2 * low * high / (low + high);
      }
      index++;
    }
    throw new AssertionError("fewer in the buckets than counted");
  }

  @Test
  void exponentialHistogram_countsZerosAndTheLongest() {
    Rig rig = new Rig(new AggregatorOptions().exponential(true));
    for (long nanos : new long[] {0, 1, 1000, Long.MAX_VALUE / 4, 3_600_000_000_000L, -5}) {
      rig.offer(Rig.request("/r", 200, nanos));
    }
    ExponentialHistogramPointData point =
        Rig.metric(rig.export(), SERVER)
            .getExponentialHistogramData()
            .getPoints()
            .iterator()
            .next();

    assertThat(point.getCount()).isEqualTo(6);
    assertThat(point.getZeroCount()).isEqualTo(2);
    assertThat(point.getPositiveBuckets().getBucketCounts().size()).isLessThanOrEqualTo(160);
  }

  @Test
  void exemplars_nameKeptTracesOnly() {
    Rig rig = new Rig(new AggregatorOptions(), 2048, 4);
    rig.offer(Rig.request("/r", 200, 1_000_000));
    for (int i = 0; i < 6; i++) {
      ServerSpan span = Rig.sampled(Rig.request("/r", 200, 20_000_000L << i));
      span.traceIdLow = 100 + i;
      span.spanId = 200 + i;
      rig.offer(span);
    }
    Collection<MetricData> exported = rig.export();

    List<Long> kept = rig.kept().stream().map(span -> span.traceIdLow).toList();
    List<DoubleExemplarData> exemplars = Rig.serverPoint(exported, "/r").getExemplars();
    assertThat(kept).hasSize(4);
    assertThat(exemplars)
        .extracting(e -> e.getSpanContext().getTraceId())
        .containsExactlyInAnyOrderElementsOf(
            kept.stream().map(low -> String.format("%016x%016x", 1, low)).toList());
    assertThat(exemplars).allMatch(e -> e.getSpanContext().isSampled());
    assertThat(Rig.serverPoint(rig.export(), "/r").getExemplars())
        .as("an old example is not sent again")
        .isEmpty();
  }

  @Test
  void exemplars_areOneABucket() {
    Rig rig = new Rig();
    for (int i = 0; i < 100; i++) {
      rig.offer(Rig.sampled(Rig.request("/r", 200, 1_000_000L * (i + 1))));
    }
    assertThat(Rig.serverPoint(rig.export(), "/r").getExemplars()).hasSize(6);
  }
}
