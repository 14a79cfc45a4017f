/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import io.vitals.exporter.Exporter;
import io.vitals.exporter.config.Config;
import io.vitals.exporter.queue.Handoff;
import io.vitals.exporter.self.Counters;
import io.vitals.exporter.span.Spans;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One round trip over gRPC. */
class GrpcExportTest {
  @Test
  void spans_arriveOverGrpcWithHeaders() throws IOException {
    try (GrpcReceiver receiver = new GrpcReceiver()) {
      Config config =
          Config.of(
              "otel.exporter.otlp.protocol=grpc;otel.exporter.otlp.headers=api-key=k;"
                  + "otel.metrics.exporter=none;otel.exporter.otlp.endpoint="
                  + receiver.endpoint(),
              Map.of(),
              Map.of());
      Counters counters = new Counters();
      Handoff handoff = new Handoff(64, counters);
      Exporter exporter = Exporter.start(config, handoff, counters, null);
      handoff.offer(Spans.server());

      assertThat(exporter.flush(20_000)).isTrue();

      exporter.close(1_000);
      assertThat(receiver.traces()).hasSize(1);
      Span span = receiver.traces().get(0).getResourceSpans(0).getScopeSpans(0).getSpans(0);
      assertThat(span.getName()).isEqualTo("GET /orders/{id}");
      assertThat(receiver.keys()).containsExactly("k");
    }
  }
}
