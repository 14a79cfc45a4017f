/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the agent tells of itself: where it is woven in, what it costs, and what became of spans.
 */
@Tag("export")
class SelfMetricsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int REQUESTS = 20;

  @Test
  void agent_tellsWhatItDoesAndWhatItCosts() {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.running()
                .agent()
                .exportingTo(receiver)
                .property("otel.metric.export.interval", "500")
                .start(Program.TOMCAT11)) {
      Received received = receiver.received();
      Visitor visitor = new Visitor(jvm.awaitPort());
      for (int i = 0; i < REQUESTS; i++) {
        assertThat(visitor.get("/shop/stock")).isEqualTo(200);
      }
      // Of each the request, the call, and the warehouse's own request.
      received.awaitSpans(spans -> spans.size() >= 3 * REQUESTS, PATIENCE);
      received.awaitMetric(
          "otel.sdk.exporter.span.exported",
          metric ->
              Losses.exported(received, "span") >= 3 * REQUESTS
                  && Losses.exported(received, "span") == Losses.spans(received),
          PATIENCE);
      assertThat(jvm.finish()).isZero();
      assertThat(jvm.noise()).isEmpty();

      assertThat(value(received, "vitals.agent.spans.kept")).isEqualTo(received.spans().size());
      assertThat(Losses.exported(received, "span")).isEqualTo(received.spans().size());
      assertThat(by(received, "vitals.agent.hooks.applied", "hook"))
          .containsKeys("tomcat", "jdbc", "http-url-connection")
          .allSatisfy((hook, classes) -> assertThat(classes).isPositive());
      assertThat(by(received, "vitals.agent.queue.depth", "queue"))
          .isEqualTo(Map.of("handoff", 0.0, "spill", 0.0, "export", 0.0));
      double transformed = value(received, "vitals.agent.classes.transformed");
      assertThat(transformed).isBetween(10.0, 100.0);
      assertThat(value(received, "vitals.agent.transform.time")).isBetween(0.001, 10.0);
      assertThat(value(received, "vitals.agent.cpu.time")).isBetween(0.001, 30.0);
      assertThat(value(received, "vitals.agent.allocated")).isBetween(10_000.0, 100_000_000.0);
      assertThat(received.metric("vitals.agent.hooks.refused")).isNull();
      assertThat(received.metric("vitals.agent.hook.failures")).isNull();
      assertThat(received.metric("vitals.agent.export.failures")).isNull();
      assertThat(received.metric("vitals.agent.dropped")).isNull();
    }
  }

  private static double value(Received received, String name) {
    return received.metric(name).points().stream().mapToDouble(ReceivedMetric.Point::value).sum();
  }

  private static Map<String, Double> by(Received received, String name, String attribute) {
    Map<String, Double> values = new TreeMap<>();
    for (ReceivedMetric.Point point : received.metric(name).points()) {
      values.put(point.attribute(attribute), point.value());
    }
    return values;
  }
}
