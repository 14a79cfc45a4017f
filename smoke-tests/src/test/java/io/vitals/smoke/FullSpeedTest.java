/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Far more requests than there is room for are measured exactly; what is not shown is counted. */
@Tag("export")
@Isolated // It measures time.
class FullSpeedTest {
  private static final int REQUESTS = 200_000;

  /** Too small on purpose. */
  private static final int ROOM = 64;

  /** A queue's worth of requests, were anything to wait for room in it, would take as long. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** The reasons for which a span that ended is not shown. */
  private static final Set<String> LOSSES = Set.of("queue_full", "spill_full", "kept_queue_full");

  /**
   * Waiting for room would take {@value #REQUESTS} / {@value #ROOM} pauses of the backend, more
   * than 25 minutes: that the requests are answered at all before patience ends says nothing waits.
   */
  @Test
  void tooSmallQueue_losesNoDurationAndCountsEverySpan() {
    try (OtlpReceiver metrics = OtlpReceiver.start();
        OtlpReceiver traces = OtlpReceiver.start().answer(new OtlpReceiver.Answer.Delay(PAUSE));
        ForkedJvm jvm =
            Jvm.running()
                .asInProduction()
                .agent()
                .exportingTo(metrics)
                .property("otel.exporter.otlp.traces.endpoint", traces.endpoint() + "/v1/traces")
                .property("otel.bsp.max.queue.size", Integer.toString(ROOM))
                .property("otel.bsp.max.export.batch.size", Integer.toString(ROOM))
                .start(Program.TOMCAT_RUSH)) {
      jvm.awaitPort();
      jvm.say(Integer.toString(REQUESTS));
      assertThat(jvm.awaitLine(Pattern.compile("served (\\d+)")).group(1))
          .isEqualTo(Integer.toString(REQUESTS));
      assertThat(jvm.finish()).isZero();
      assertThat(jvm.noise()).isEmpty();

      Received received = metrics.received();
      assertThat(received.metric("http.server.request.duration").points())
          .singleElement()
          .satisfies(
              point -> {
                assertThat(point.attribute("http.route")).isEqualTo("/rush");
                assertThat(point.count()).isEqualTo(REQUESTS);
                assertThat(point.buckets().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(REQUESTS);
              });
      assertThat(Losses.spans(received)).isEqualTo(REQUESTS);
      Map<String, Long> dropped = dropped(received);
      assertThat(dropped).containsKey("kept_queue_full");
      assertThat(LOSSES).containsAll(dropped.keySet());
      long lost = dropped.values().stream().mapToLong(Long::longValue).sum();
      int shown = traces.received().spans().size();
      assertThat(shown).isPositive();
      assertThat(shown + lost)
          .as("%s; for a benchmark of it: -Dbenchmarks=HandoffBenchmark", dropped)
          .isEqualTo(REQUESTS);
      assertThat(received.metric("vitals.agent.queue.depth").points())
          .filteredOn(point -> !"export".equals(point.attribute("queue")))
          .hasSize(2)
          .allMatch(point -> point.value() == 0);
    }
  }

  private static Map<String, Long> dropped(Received received) {
    Map<String, Long> dropped = new TreeMap<>();
    for (ReceivedMetric.Point point : received.metric("vitals.agent.dropped").points()) {
      dropped.put(point.attribute("reason"), (long) point.value());
    }
    return dropped;
  }
}
