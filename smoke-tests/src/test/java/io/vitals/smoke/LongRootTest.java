/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One request with very many statements, and very many statements at once. */
@Tag("threads")
class LongRootTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String DURATION = "db.client.operation.duration";

  /** What a root may hold back until its next part is handed off. */
  private static final int HELD = 32;

  @Test
  void longRequest_showsItsStatementsWhileItRuns() {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.running()
                .agent()
                .exportingTo(receiver)
                .property("otel.metric.export.interval", "300")
                // Without an agent the program needs 12 MB; 50,000 spans kept would be 8 MB more.
                .flag("-Xmx48m")
                .start(Program.ERRANDS)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      CompletableFuture<Integer> request =
          CompletableFuture.supplyAsync(() -> visitor.get("/long"));
      jvm.awaitLine(Pattern.compile("half"));
      receiver
          .received()
          .awaitMetric(DURATION, metric -> statements(metric) > 25_000 - HELD, PATIENCE);
      assertThat(request).isNotDone();
      assertThat(visitor.get("/go")).isEqualTo(200);
      assertThat(request.join()).isEqualTo(200);
      assertThat(jvm.finish()).isZero();
      assertThat(jvm.noise()).isEmpty();

      Received received = receiver.received();
      assertThat(statements(received.metric(DURATION))).isEqualTo(50_000);
      TraceTree trace =
          received.traces().stream()
              .filter(tree -> tree.span().name().equals("GET /long"))
              .findFirst()
              .orElseThrow();
      assertThat(trace.children()).hasSizeBetween(500, 1024 + HELD);
      assertThat(trace.span().attributes())
          .containsEntry("vitals.spans.left_out", 50_000L - trace.children().size());
    }
  }

  @Test
  void fullSpeed_countsEveryStatementAndEveryLoss() {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm = Jvm.running().agent().exportingTo(receiver).start(Program.ERRANDS)) {
      jvm.awaitPort();
      jvm.say("rush 200000");
      jvm.awaitLine(Pattern.compile("rushed"));
      assertThat(jvm.finish()).isZero();
      assertThat(jvm.noise()).isEmpty();

      Received received = receiver.received();
      long setUp = 2;
      List<ReceivedMetric.Point> points = received.metric(DURATION).points();
      assertThat(points.stream().mapToLong(ReceivedMetric.Point::count).sum())
          .isEqualTo(200_000 + setUp);
      ReceivedMetric dropped = received.metric("vitals.agent.dropped");
      double lost = dropped.points().stream().mapToDouble(ReceivedMetric.Point::value).sum();
      assertThat(dropped.points())
          .extracting(point -> point.attribute("reason"))
          .doesNotContainNull();
      assertThat(received.spans().size() + (long) lost).isEqualTo(200_000 + setUp);
      assertThat(lost).isPositive();
    }
  }

  private static long statements(ReceivedMetric metric) {
    return metric.points().stream()
        .filter(point -> "select dual".equals(point.attribute("db.query.summary")))
        .mapToLong(ReceivedMetric.Point::count)
        .sum();
  }
}
