/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read out of responses, and out of what only looks like one. */
class PartialSuccessTest {
  private static byte[] spans(long rejected, String message) {
    return ExportTraceServiceResponse.newBuilder()
        .setPartialSuccess(
            ExportTracePartialSuccess.newBuilder()
                .setRejectedSpans(rejected)
                .setErrorMessage(message))
        .build()
        .toByteArray();
  }

  @Test
  void rejected_isReadOfEverySignal() {
    byte[] points =
        ExportMetricsServiceResponse.newBuilder()
            .setPartialSuccess(
                ExportMetricsPartialSuccess.newBuilder().setRejectedDataPoints(1L << 40))
            .build()
            .toByteArray();

    assertThat(PartialSuccess.read(spans(3, "zu groß")).rejected).isEqualTo(3);
    assertThat(PartialSuccess.read(spans(3, "zu groß")).message).isEqualTo("zu groß");
    assertThat(PartialSuccess.read(points).rejected).isEqualTo(1L << 40);
  }

  @Test
  void message_isOneShortLine() {
    assertThat(PartialSuccess.read(spans(0, "one\r\n\ttwo")).message).isEqualTo("one two");
    assertThat(PartialSuccess.read(spans(0, "x".repeat(9999))).message)
        .isEqualTo("x".repeat(256) + "... (9999 characters)");
  }

  @Test
  void negativeNumber_isNone() {
    assertThat(PartialSuccess.read(spans(-1, "")).rejected).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "OK", "<html></html>", "\n", "\n\u0003\b", "\u0000\u0001\u0002"})
  void otherFormats_sayNothing(String body) {
    PartialSuccess read = PartialSuccess.read(body.getBytes(StandardCharsets.UTF_8));

    assertThat(read.rejected).isZero();
    assertThat(read.message).isEmpty();
  }

  @Test
  void brokenOff_saysNothing() {
    byte[] whole = spans(3, "no room");
    for (int length = 0; length < whole.length; length++) {
      assertThat(PartialSuccess.read(Arrays.copyOf(whole, length)).rejected).isZero();
    }
  }
}
