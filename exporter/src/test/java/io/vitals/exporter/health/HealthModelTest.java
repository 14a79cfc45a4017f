/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.exporter.aggregate.Metric;
import io.vitals.exporter.aggregate.RecordedInterval;
import io.vitals.exporter.otlp.ExportForm;
import io.vitals.exporter.otlp.Instrument;
import io.vitals.exporter.otlp.LogEvent;
import io.vitals.exporter.rule.Measures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How the process and its dependencies are judged, minute by minute. */
class HealthModelTest {
  private static final long TEN_SECONDS = TimeUnit.SECONDS.toNanos(10);
  private static final AttributeKey<String> STATE = AttributeKey.stringKey("jvm.thread.state");
  private static final Map<String, String> DATABASE =
      Map.of("db.system.name", "postgresql", "server.address", "db1", "server.port", "5432");

  private final List<LogEvent> events = new ArrayList<>();
  private final HealthModel model = new HealthModel(events::add, () -> 0);
  private final Measures measures = new Measures(model.expressions());
  private final RecordedInterval recorded = new RecordedInterval();
  private long now = TimeUnit.DAYS.toNanos(20_000);

  private void calls(Map<String, String> labels, int good, int bad, long millis) {
    long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
    if (good > 0) {
      recorded.add(Metric.DB_CLIENT, labels, nanos, good);
    }
    if (bad > 0) {
      Map<String, String> failed = new java.util.HashMap<>(labels);
      failed.put("error.type", "x");
      recorded.add(Metric.DB_CLIENT, failed, nanos, bad);
    }
  }

  private HealthReport look() {
    measures.add(recorded.close(now, now + TEN_SECONDS));
    now += TEN_SECONDS;
    model.read(measures, now);
    return model.report();
  }

  @Test
  void scores_areStraightLinesBetweenTheBounds() {
    Check errors =
        Check.standard().stream()
            .filter(check -> check.component.equals("database") && check.name.equals("errors"))
            .findFirst()
            .orElseThrow();
    assertThat(errors.bounds.score(0)).isEqualTo(100);
    assertThat(errors.bounds.score(0.05)).isEqualTo(70, within(1e-9));
    assertThat(errors.bounds.score(0.5)).isEqualTo(40, within(1e-9));
    assertThat(errors.bounds.score(1)).isEqualTo(0, within(1e-9));
    double before = 101;
    for (double value = 0; value <= 1.2; value += 0.001) {
      assertThat(errors.bounds.score(value)).isBetween(0.0, before);
      before = errors.bounds.score(value);
    }
  }

  @Test
  void failingDatabase_isUnhealthyAfterTwoLooksAndHealthyAgain() {
    for (int i = 0; i < 12; i++) {
      calls(DATABASE, 20, 0, 5);
      look();
    }
    assertThat(model.report().state).isEqualTo(HealthState.HEALTHY);
    assertThat(model.report().score).isGreaterThan(70);
    assertThat(events).isEmpty();
    for (int i = 0; i < 7; i++) {
      calls(DATABASE, 0, 20, 5);
      look();
    }
    HealthReport bad = model.report();
    assertThat(bad.state).isEqualTo(HealthState.UNHEALTHY);
    assertThat(bad.score).isZero();
    assertThat(bad.components)
        .extracting(component -> component.name)
        .containsExactly("database postgresql db1:5432");
    assertThat(events)
        .extracting(LogEvent::sentence)
        .last()
        .asString()
        .startsWith("database postgresql db1:5432 is unhealthy")
        .contains("errors is 0.");
    for (int i = 0; i < 8; i++) {
      calls(DATABASE, 20, 0, 5);
      look();
    }
    assertThat(model.report().state).isEqualTo(HealthState.HEALTHY);
    assertThat(events)
        .extracting(event -> event.attributes().asMap().toString())
        .last()
        .asString()
        .contains("vitals.health.state=healthy");
  }

  @Test
  void databaseThatNobodyCallsForAWhile_isStillWhatWasSaidOfIt() {
    for (int i = 0; i < 3; i++) {
      calls(DATABASE, 0, 20, 5);
      look();
    }
    assertThat(events).hasSize(1);
    for (int i = 0; i < 30; i++) {
      look();
    }
    assertThat(model.report().components).as("nothing is known of it").isEmpty();
    for (int i = 0; i < 3; i++) {
      calls(DATABASE, 20, 0, 5);
      look();
    }
    assertThat(events)
        .extracting(event -> event.attributes().asMap().toString())
        .hasSize(2)
        .last()
        .asString()
        .contains("vitals.health.state=healthy", "vitals.health.state.previous=unhealthy");
  }

  @Test
  void slowDatabase_isComparedWithItsOwnHour() {
    for (int i = 0; i < 360; i++) {
      calls(DATABASE, 20, 0, 50);
      look();
    }
    assertThat(model.report().state).isEqualTo(HealthState.HEALTHY);
    for (int i = 0; i < 7; i++) {
      calls(DATABASE, 1, 0, 50);
      look();
    }
    for (int i = 0; i < 3; i++) {
      calls(DATABASE, 5, 0, 5_000);
      look();
    }
    assertThat(model.report().state).isNotEqualTo(HealthState.HEALTHY);
  }

  private HealthReport lookWithThreads(long blocked, long others) {
    Instrument count =
        new Instrument(
            InstrumentType.OBSERVABLE_UP_DOWN_COUNTER,
            "jvm.thread.count",
            "{thread}",
            "",
            ExportForm.CUMULATIVE,
            0);
    if (blocked > 0) {
      count.put(now, Attributes.of(STATE, "blocked"), blocked);
    }
    count.put(now, Attributes.of(STATE, "waiting"), others / 2);
    count.put(now, Attributes.of(STATE, "runnable"), others - others / 2);
    List<MetricData> collected = new ArrayList<>();
    count.flushInto(
        collected, Resource.empty(), InstrumentationScopeInfo.create("x"), now + TEN_SECONDS);
    measures.add(recorded.close(now, now + TEN_SECONDS));
    now += TEN_SECONDS;
    measures.add(collected, now);
    model.read(measures, now);
    return model.report();
  }

  @Test
  void blockedThreads_areJudgedByTheirShareOfAMinute() {
    for (int i = 0; i < 6; i++) {
      lookWithThreads(0, 40);
    }
    HealthReport.CheckResult threads = model.report().components.get(0).checks.get(0);
    assertThat(threads.name).isEqualTo("blocked threads");
    assertThat(threads.value).isZero();
    assertThat(threads.score).isEqualTo(100);
    // One bad moment of six is 3 % of the minute: no matter.
    assertThat(lookWithThreads(8, 32).score).isEqualTo(90, within(0.1));
    for (int i = 0; i < 6; i++) {
      lookWithThreads(8, 32);
    }
    assertThat(model.report().components.get(0).checks.get(0).value).isEqualTo(0.2, within(1e-9));
    assertThat(model.report().state).isEqualTo(HealthState.DEGRADED);
    for (int i = 0; i < 6; i++) {
      lookWithThreads(28, 12);
    }
    assertThat(model.report().state).isEqualTo(HealthState.UNHEALTHY);
  }

  @Test
  void fewCalls_sayNothing() {
    calls(DATABASE, 0, 4, 5);
    assertThat(look().components).isEmpty();
  }

  @Test
  void report_isJsonThatProbesRead() {
    for (int i = 0; i < 3; i++) {
      calls(DATABASE, 16, 4, 5);
      look();
    }
    JsonObject json = JsonParser.parseString(model.report().toJson()).getAsJsonObject();
    assertThat(json.get("status").getAsString()).isEqualTo("degraded");
    JsonObject component = json.getAsJsonArray("components").get(0).getAsJsonObject();
    assertThat(component.get("name").getAsString()).isEqualTo("database postgresql db1:5432");
    JsonObject check = component.getAsJsonArray("checks").get(0).getAsJsonObject();
    assertThat(check.get("value").getAsDouble()).isEqualTo(0.2);
    assertThat(check.get("trend").getAsString()).isEqualTo("unknown");
  }

  @Test
  void trend_isTheLineThroughTheHour() {
    double[] rising = new double[60];
    double[] noisy = new double[60];
    java.util.Random random = new java.util.Random(3);
    for (int i = 0; i < 60; i++) {
      rising[i] = 10 + 0.5 * i;
      noisy[i] = 100 + random.nextGaussian();
    }
    Trend up = Trend.of(rising);
    assertThat(up.direction()).isEqualTo("rising");
    assertThat(up.change).isEqualTo(29.5, within(1e-9));
    assertThat(up.forecast).isEqualTo(10 + 0.5 * 119, within(1e-9));
    assertThat(up.forecastHigh - up.forecastLow).isEqualTo(0, within(1e-6));
    Trend flat = Trend.of(noisy);
    assertThat(flat.direction()).isEqualTo("stable");
    assertThat(flat.forecastLow).isLessThan(100);
    assertThat(flat.forecastHigh).isGreaterThan(100);
    assertThat(Trend.of(new double[] {1, 2, 3}).direction()).isEqualTo("unknown");
  }
}
