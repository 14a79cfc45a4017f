/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.metric;

import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.vitals.bootstrap.PoolTimes;
import io.vitals.exporter.Rig;
import io.vitals.exporter.aggregate.AggregatorOptions;
import io.vitals.exporter.aggregate.Metric;
import io.vitals.exporter.aggregate.RecordedInterval;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is exported of the connections of pools is what the application's threads have measured. */
class PoolTimesTest {
  private static final String WAIT = "db.client.connection.wait_time";
  private static final Attributes ORDERS =
      Attributes.of(stringKey("db.client.connection.pool.name"), "orders");

  @AfterEach
  void forget() {
    PoolTimes.all().clear();
  }

  @Test
  void durations_areExactInNumberSumExtremesAndBuckets() {
    Rig rig = new Rig();
    Random random = new Random(7);
    long[] sorted = new long[20_000];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = (long) (2e6 * Math.exp(2 * random.nextGaussian()));
      PoolTimes.of("orders").wait.add(sorted[i]);
    }
    Arrays.sort(sorted);

    Collection<MetricData> exported = rig.export();

    HistogramPointData point = wait(exported);
    assertThat(point.getAttributes()).isEqualTo(ORDERS);
    assertThat(point.getCount()).isEqualTo(sorted.length);
    assertThat(point.getSum()).isEqualTo(Arrays.stream(sorted).sum() / 1e9);
    assertThat(point.getMin()).isEqualTo(sorted[0] / 1e9);
    assertThat(point.getMax()).isEqualTo(sorted[sorted.length - 1] / 1e9);
    assertThat(point.getBoundaries())
        .containsExactly(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0);
    double below = -1;
    for (int i = 0; i < point.getCounts().size(); i++) {
      double least = below;
      double most = i == 9 ? Double.MAX_VALUE : point.getBoundaries().get(i);
      assertThat(point.getCounts().get(i))
          .as("up to " + most)
          .isEqualTo(Arrays.stream(sorted).filter(n -> n > least * 1e9 && n <= most * 1e9).count());
      below = most;
    }
    for (double quantile : new double[] {0.5, 0.9, 0.95, 0.99, 0.999}) {
      double exact = sorted[(int) Math.ceil(quantile * sorted.length) - 1] / 1e9;
      assertThat(percentile(exported, quantile)).isCloseTo(exact, within(exact * 0.065));
    }
  }

  @Test
  void cumulativePoints_goOn_whileNothingComes() {
    Rig rig = new Rig();
    PoolTimes.of("orders").wait.add(3_000_000);
    rig.export();
    PoolTimes.of("orders").wait.add(4_000_000);
    HistogramPointData second = wait(rig.export());
    Collection<MetricData> third = rig.export();

    assertThat(second.getCount()).isEqualTo(2);
    assertThat(second.getSum()).isEqualTo(0.007);
    assertThat(wait(third).getCount()).isEqualTo(2);
    assertThat(third).extracting(MetricData::getName).containsExactly(WAIT);
  }

  @Test
  void deltaPoints_holdWhatCameSinceTheLast() {
    Rig rig = new Rig(new AggregatorOptions().delta(true));
    PoolTimes.of("orders").wait.add(3_000_000);
    rig.export();
    PoolTimes.of("orders").wait.add(4_000_000);
    Collection<MetricData> second = rig.export();

    assertThat(wait(second).getSum()).isEqualTo(0.004);
    assertThat(Rig.metric(second, WAIT).getHistogramData().getAggregationTemporality())
        .isEqualTo(AggregationTemporality.DELTA);
    assertThat(rig.export()).isEmpty();
  }

  @Test
  void exponentialHistograms_holdAllOfThem() {
    Rig rig = new Rig(new AggregatorOptions().exponential(true));
    PoolTimes.of("orders").use.add(3_000_000);
    PoolTimes.of("orders").use.add(40_000_000);
    PoolTimes.of("orders").create.add(5_000_000);

    Collection<MetricData> exported = rig.export();

    ExponentialHistogramPointData use =
        Rig.metric(exported, "db.client.connection.use_time")
            .getExponentialHistogramData()
            .getPoints()
            .iterator()
            .next();
    assertThat(use.getCount()).isEqualTo(2);
    assertThat(use.getSum()).isEqualTo(0.043);
    assertThat(exported)
        .extracting(MetricData::getName)
        .contains("db.client.connection.create_time")
        .doesNotContain(WAIT);
  }

  @Test
  void poolWithATooLongName_isCountedInTheOverflow() {
    Rig rig = new Rig();
    PoolTimes.of(String.join("", Collections.nCopies(300, "n"))).wait.add(1);

    HistogramPointData point = wait(rig.export());

    assertThat(point.getAttributes().asMap().keySet())
        .extracting(Object::toString)
        .containsExactly("otel.metric.overflow");
    assertThat(point.getCount()).isEqualTo(1);
  }

  @Test
  void writtenSeries_haveThePoolAndNoOtherLabel() {
    RecordedInterval written = new RecordedInterval();
    Map<String, String> pool = Map.of("db.client.connection.pool.name", "orders");
    written.add(Metric.POOL_WAIT, pool, 5_000_000, 3);

    assertThat(SeriesAttributes.of(written.close(1, 2).series().get(0).series())).isEqualTo(ORDERS);
    assertThatThrownBy(() -> written.add(Metric.POOL_WAIT, Map.of("error.type", "x"), 1, 1))
        .hasMessage("db.client.connection.wait_time has no label error.type");
  }

  private static HistogramPointData wait(Collection<MetricData> exported) {
    List<HistogramPointData> points =
        List.copyOf(Rig.metric(exported, WAIT).getHistogramData().getPoints());
    assertThat(points).hasSize(1);
    return points.get(0);
  }

  private static double percentile(Collection<MetricData> exported, double quantile) {
    return Rig.metric(exported, WAIT + ".percentile").getDoubleGaugeData().getPoints().stream()
        .filter(point -> point.getAttributes().get(doubleKey("quantile")) == quantile)
        .findFirst()
        .map(DoublePointData::getValue)
        .orElseThrow();
  }
}
