/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.vitals.bootstrap.ClientSpan;
import io.vitals.exporter.Exporter;
import io.vitals.exporter.Rig;
import io.vitals.exporter.config.Config;
import io.vitals.exporter.otlp.OtlpReceiver;
import io.vitals.exporter.queue.Handoff;
import io.vitals.exporter.self.Counters;
import io.vitals.exporter.span.Spans;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the language knows of metrics is what the agent exports. */
class CatalogueTest {
  @Test
  void exportedMetrics_areKnownWithTheirKindUnitAndLabels() throws Exception {
    for (Metric metric : exported()) {
      String name = metric.getName();
      if (name.endsWith(".percentile")) {
        continue;
      }
      KnownMetric known = Catalogue.builtIn().find(name);

      assertThat(known).as(name).isNotNull();
      assertThat(known.name).isEqualTo(name);
      assertThat(known.kind).as(name).isEqualTo(kind(metric));
      KnownMetric asExported =
          KnownMetric.ofUcum(name, MetricKind.GAUGE, metric.getUnit(), List.of());
      assertThat(known.unit).as(name).isEqualTo(asExported.unit);
      assertThat(known.scale).as(name).isEqualTo(asExported.scale);
      for (KeyValue attribute : attributes(metric)) {
        assertThat(known.labels).as(name).contains(attribute.getKey());
      }
    }
  }

  private static List<Metric> exported() throws Exception {
    Counters counters = new Counters();
    Handoff handoff = new Handoff(Handoff.DEFAULT_CAPACITY, counters);
    try (OtlpReceiver receiver = new OtlpReceiver()) {
      Map<String, String> properties = new HashMap<>();
      properties.put("otel.exporter.otlp.endpoint", receiver.endpoint());
      Exporter exporter =
          Exporter.start(Config.of(null, properties, Map.of()), handoff, counters, null);
      handoff.offer(Spans.server());
      handoff.offer(Rig.request("/a", 500, 1));
      ClientSpan call = new ClientSpan();
      call.root = call;
      call.method = "GET";
      call.url = "http://stock.example.com:8080/items";
      handoff.offer(call);
      assertThat(exporter.close(10_000)).isTrue();
      List<Metric> all = receiver.metrics();
      assertThat(all).extracting(Metric::getName).contains("http.client.request.duration");
      assertThat(all).hasSizeGreaterThan(20);
      return all;
    }
  }

  private static MetricKind kind(Metric metric) {
    if (metric.hasHistogram()) {
      boolean isSpans = Catalogue.builtIn().find(metric.getName()).spans != null;
      return isSpans ? MetricKind.SPANS : MetricKind.HISTOGRAM;
    }
    if (metric.hasGauge()) {
      return MetricKind.GAUGE;
    }
    return metric.getSum().getIsMonotonic() ? MetricKind.COUNTER : MetricKind.LEVEL;
  }

  private static List<KeyValue> attributes(Metric metric) {
    List<KeyValue> all = new ArrayList<>();
    for (NumberDataPoint point : metric.getGauge().getDataPointsList()) {
      all.addAll(point.getAttributesList());
    }
    for (NumberDataPoint point : metric.getSum().getDataPointsList()) {
      all.addAll(point.getAttributesList());
    }
    for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
      all.addAll(point.getAttributesList());
    }
    return all;
  }
}
