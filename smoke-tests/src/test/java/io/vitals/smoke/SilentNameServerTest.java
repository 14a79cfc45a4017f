/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A backend's name that no name server answers for costs the spans, each counted, and nothing else:
 * no thread of the application asks for it, no more than a few batches wait, and the JVM ends.
 */
@Tag("export")
class SilentNameServerTest {
  private static final int PAGES = 5;

  /** More than the four that a sender is left with. */
  private static final int BATCHES = 6;

  /** How batches are lost that a sender is not given. */
  private static final String TOO_MANY = "java.util.concurrent.RejectedExecutionException";

  @TempDir static Path folder;

  @BeforeAll
  static void compileResolver() throws IOException {
    SilentResolver.compile(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "http/protobuf, http://never.test:4318/v1/traces, java.net.SocketTimeoutException",
    "http/protobuf, https://never.test:4318/v1/traces, " + TOO_MANY,
    "grpc, http://never.test:4317, " + TOO_MANY
  })
  void lookupWithoutAnAnswer_holdsUpNothing(String protocol, String endpoint, String reason)
      throws Exception {
    try (DatagramSocket names = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        OtlpReceiver metrics = OtlpReceiver.start();
        ForkedJvm jvm = start(names, metrics, protocol, endpoint)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      Received received = metrics.received();
      long spans = 0;
      // One batch after the other, until a sender that cannot give up has too many.
      for (int batch = 0; batch < BATCHES; batch++) {
        for (int i = 0; i < PAGES; i++) {
          assertThat(visitor.get("/plain")).isEqualTo(200);
        }
        Losses.awaitAllSpans(received, null, spans + PAGES);
        spans = Losses.spans(received);
      }
      assertThat(Losses.of(received, "traces", reason))
          .as(() -> reason + " in " + received.metric("vitals.agent.export.failures"))
          .isPositive();
      assertThat(asked(names)).isEqualTo("never.test");
      List<String> asking = new ArrayList<>(jvm.out());
      asking.removeIf(line -> !line.startsWith("looked up by "));
      assertThat(asking)
          .hasSize(1)
          .allMatch(line -> line.matches("looked up by (vitals-lookup|OkHttp .*)"));
      assertThat(visitor.get("/plain")).isEqualTo(200);
      assertThat(jvm.terminate()).as(jvm::toString).isEqualTo(ForkedJvm.TERMINATED);
      assertThat(Losses.spans(received)).isEqualTo(spans + 1);
      assertThat(Losses.of(received, "traces", null)).isEqualTo(spans + 1);
    }
  }

  private static ForkedJvm start(
      DatagramSocket names, OtlpReceiver metrics, String protocol, String endpoint) {
    return SilentResolver.jvm(folder, names)
        .agent()
        .exportingTo(metrics)
        .property("otel.exporter.otlp.traces.protocol", protocol)
        .property("otel.exporter.otlp.traces.endpoint", endpoint)
        .property("otel.exporter.otlp.traces.timeout", "200")
        .property("otel.bsp.export.timeout", "400")
        .property("otel.metric.export.interval", "300")
        .start(Program.JDK_SHOP);
  }

  private static String asked(DatagramSocket names) throws IOException {
    DatagramPacket question = new DatagramPacket(new byte[100], 100);
    names.setSoTimeout((int) ForkedJvm.PATIENCE.toMillis());
    names.receive(question);
    return new String(question.getData(), 0, question.getLength());
  }
}
