/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.bootstrap.ConnectionPools;
import io.vitals.bootstrap.PoolReader;
import io.vitals.bootstrap.PoolState;
import io.vitals.exporter.otlp.ExportForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is exported of pools is what they say, by name. */
class ConnectionPoolLevelsTest {
  private static final String PREFIX = "db.client.connection.";
  private static final FakeReader READER = new FakeReader();

  private final List<FakePool> made = new ArrayList<>();
  private final ConnectionPoolLevels levels =
      new ConnectionPoolLevels(
          Resource.empty(), InstrumentationScopeInfo.create("test"), ExportForm.CUMULATIVE, 1);

  /** What a library would have: used, idle, idle.min, idle.max, max, pending. */
  private static final class FakePool {
    final int[] says;
    boolean throwing;

    FakePool(int... says) {
      this.says = says;
    }
  }

  private static final class FakeReader extends PoolReader<FakePool> {
    FakeReader() {
      super("fake");
    }

    @Override
    protected boolean read(FakePool pool, PoolState into) {
      into.used = pool.says[0];
      if (pool.throwing) {
        throw new IllegalStateException("half-way");
      }
      into.idle = pool.says[1];
      into.idleMin = pool.says[2];
      into.idleMax = pool.says[3];
      into.max = pool.says[4];
      into.pending = pool.says[5];
      return true;
    }

    @Override
    protected boolean isValid(FakePool pool, int timeoutMillis) {
      return true;
    }
  }

  @AfterEach
  void closeAll() {
    made.forEach(ConnectionPools::closed);
  }

  @Test
  void pool_isShownByItsName() {
    open("orders", null, 3, 2, 1, 8, 10, 4);

    assertThat(collected())
        .containsOnly(
            Map.entry("count orders used", 3L),
            Map.entry("count orders idle", 2L),
            Map.entry("idle.min orders", 1L),
            Map.entry("idle.max orders", 8L),
            Map.entry("max orders", 10L),
            Map.entry("pending_requests orders", 4L));
  }

  @Test
  void metrics_areWhatTheConventionsSay() {
    open("orders", null, 3, 2, 1, 8, 10, 4);
    List<MetricData> metrics = new ArrayList<>();
    levels.collect(2, metrics);

    assertThat(metrics)
        .extracting(MetricData::getName, MetricData::getUnit)
        .containsExactlyInAnyOrder(
            tuple(PREFIX + "count", "{connection}"),
            tuple(PREFIX + "idle.min", "{connection}"),
            tuple(PREFIX + "idle.max", "{connection}"),
            tuple(PREFIX + "max", "{connection}"),
            tuple(PREFIX + "pending_requests", "{request}"));
    assertThat(metrics)
        .allSatisfy(
            metric -> {
              assertThat(metric.getLongSumData().isMonotonic()).isFalse();
              assertThat(metric.getLongSumData().getAggregationTemporality())
                  .isEqualTo(AggregationTemporality.CUMULATIVE);
            });
  }

  @Test
  void whatAPoolDoesNotSay_isLeftOut() {
    open("orders", null, 0, 2, -1, -1, Integer.MIN_VALUE, -1);

    assertThat(collected())
        .containsOnly(Map.entry("count orders used", 0L), Map.entry("count orders idle", 2L));
  }

  @Test
  void poolsOfOneName_areAddedUp_butForWhatOneDoesNotSay() {
    open("orders", null, 3, 2, 1, -1, Integer.MAX_VALUE, 4);
    open("orders", null, 1, 1, -1, -1, 10, 1);

    assertThat(collected())
        .containsOnly(
            Map.entry("count orders used", 4L),
            Map.entry("count orders idle", 3L),
            Map.entry("idle.min orders", 1L),
            Map.entry("max orders", (long) Integer.MAX_VALUE),
            Map.entry("pending_requests orders", 5L));
  }

  @Test
  void poolThatThrowsOrIsClosed_isLeftOut_andTheOthersAreShown() {
    FakePool broken = open("broken", null, 3, 2, 1, 8, 10, 4);
    broken.throwing = true;
    FakePool closed = open("closed", null, 3, 2, 1, 8, 10, 4);
    open("orders", null, 7, -1, -1, -1, -1, -1);
    ConnectionPools.closed(closed);

    assertThat(collected()).containsOnly(Map.entry("count orders used", 7L));
    broken.throwing = false;
    assertThat(collected()).containsEntry("count broken idle", 2L);
  }

  @Test
  void poolWithoutName_isCalledByItsDatabase() {
    open(null, "jdbc:mysql://db1:3307/shop?user=me&password=secret", 1, -1, -1, -1, -1, -1);
    open(null, "jdbc:h2:mem:stock", 2, -1, -1, -1, -1, -1);
    open(null, "nonsense", 3, -1, -1, -1, -1, -1);
    open("", null, 4, -1, -1, -1, -1, -1);

    assertThat(collected())
        .containsOnly(
            Map.entry("count db1:3307/shop used", 1L),
            Map.entry("count stock used", 2L),
            Map.entry("count fake used", 7L));
  }

  @Test
  void callersThatWaitedInVain_areATotal() {
    ConnectionPools.timedOut("gone");
    ConnectionPools.timedOut("gone");
    assertThat(collected()).containsOnly(Map.entry("timeouts gone", 2L));
    ConnectionPools.timedOut("gone");
    assertThat(collected()).containsOnly(Map.entry("timeouts gone", 3L));
    ConnectionPools.timeouts().clear();
  }

  private FakePool open(String name, String url, int... says) {
    FakePool pool = new FakePool(says);
    made.add(pool);
    ConnectionPools.opened(pool, READER, name, url);
    return pool;
  }

  /** Each point as its metric's name, its pool and, where there is one, its state. */
  private Map<String, Long> collected() {
    List<MetricData> metrics = new ArrayList<>();
    levels.collect(2, metrics);
    Map<String, Long> points = new TreeMap<>();
    for (MetricData metric : metrics) {
      for (LongPointData point : metric.getLongSumData().getPoints()) {
        String pool = point.getAttributes().get(AttributeKey.stringKey(PREFIX + "pool.name"));
        String state = point.getAttributes().get(AttributeKey.stringKey(PREFIX + "state"));
        String key = metric.getName().substring(PREFIX.length()) + " " + pool;
        assertThat(points.put(state == null ? key : key + " " + state, point.getValue())).isNull();
      }
    }
    return points;
  }
}
