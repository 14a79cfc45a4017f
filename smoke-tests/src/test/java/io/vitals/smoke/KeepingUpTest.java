/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Nothing is lost where the backend keeps up, with the queues that everybody has. */
@Tag("export")
@Isolated // It measures time.
class KeepingUpTest {
  private static final int VISITORS = 4;
  private static final int REQUESTS = 1500;

  @Test
  void requestsAsFastAsTheyGo_allArrive() {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.running().asInProduction().agent().exportingTo(receiver).start(Program.ERRANDS)) {
      int port = jvm.awaitPort();
      List<CompletableFuture<Void>> visitors = new ArrayList<>();
      for (int i = 0; i < VISITORS; i++) {
        visitors.add(CompletableFuture.runAsync(() -> visit(new Visitor(port))));
      }
      visitors.forEach(CompletableFuture::join);
      assertThat(jvm.finish()).isZero();
      Received received = receiver.received();
      assertThat(received.traces())
          .as("for the lost of a second: -Dbenchmarks=MooBenchmark, see benchmarks/README.md")
          .filteredOn(trace -> trace.shape().equals("SERVER GET /one\n  CLIENT select dual\n"))
          .hasSize(VISITORS * REQUESTS);
      assertThat(received.metric("http.server.request.duration").points())
          .singleElement()
          .matches(point -> point.count() == VISITORS * REQUESTS);
    }
  }

  private static void visit(Visitor visitor) {
    for (int i = 0; i < REQUESTS; i++) {
      assertThat(visitor.get("/one")).isEqualTo(200);
    }
  }
}
