/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads headers as text and as bytes of a buffer, and writes them again. */
class PropagationTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";
  private static final String TRACE_PARENT = "00-" + TRACE + "-" + PARENT + "-01";

  private final ServerSpan span = new ServerSpan();

  @Test
  void traceParent_isContinued() {
    assertThat(read(Propagation.W3C, TRACE_PARENT, "vendor=1", "k=v")).isTrue();

    assertThat(Hex.traceId(span.traceIdHigh, span.traceIdLow)).isEqualTo(TRACE);
    assertThat(Hex.spanId(span.parentSpanId)).isEqualTo(PARENT);
    assertThat(span.trail.traceState).isEqualTo("vendor=1");
    assertThat(span.trail.baggage).isEqualTo("k=v");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-" + TRACE + "-" + PARENT,
        "00-" + TRACE + "-" + PARENT + "-01-more",
        "ff-" + TRACE + "-" + PARENT + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-00000000000000000000000000000000-" + PARENT + "-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + PARENT + "-01",
        "00-" + TRACE + "-" + PARENT + "-0x",
        "0g-" + TRACE + "-" + PARENT + "-01",
        "00_" + TRACE + "_" + PARENT + "_01",
      })
  void brokenTraceParent_isAsIfItHadNotCome(String text) {
    read(Propagation.W3C, text, "vendor=1", null);

    assertThat(span.traceIdHigh | span.traceIdLow | span.parentSpanId).isZero();
    assertThat(span.trail).isNull();
  }

  @Test
  void laterVersion_mayBeLonger() {
    assertThat(read(Propagation.W3C, "01" + TRACE_PARENT.substring(2) + "-more", null, null))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {TRACE + "-" + PARENT + "-1", TRACE + "-" + PARENT + "-d-05e3ac9a4f6e3b90"})
  void b3_isContinued(String text) {
    Propagation b3 = new Propagation(Propagation.Format.B3);

    assertThat(read(b3, text)).isTrue();
    assertThat(Hex.traceId(span.traceIdHigh, span.traceIdLow)).isEqualTo(TRACE);
  }

  @Test
  void b3OfShortTraceId_isContinuedUnsampledWithoutAFlag() {
    Propagation b3 = new Propagation(Propagation.Format.B3);

    assertThat(read(b3, TRACE.substring(16) + "-" + PARENT)).isFalse();
    assertThat(span.traceIdHigh).isZero();
    assertThat(Hex.spanId(span.traceIdLow)).isEqualTo(TRACE.substring(16));
  }

  @Test
  void b3Multi_isContinued() {
    Propagation multi = new Propagation(Propagation.Format.B3_MULTI);

    assertThat(read(multi, null, TRACE, PARENT, "1", null)).isTrue();
    assertThat(Hex.spanId(span.parentSpanId)).isEqualTo(PARENT);
  }

  @Test
  void headersInABuffer_readAsText() {
    String text = "x: " + TRACE_PARENT + "\r\nk=v";
    byte[] buffer = text.getBytes(StandardCharsets.ISO_8859_1);
    Current current = Current.get();
    current.incoming(0, buffer, 3, TRACE_PARENT.length());
    current.incoming(2, buffer, text.length() - 3, 3);

    assertThat(current.takeIncoming(Propagation.W3C, span)).isTrue();
    assertThat(Hex.traceId(span.traceIdHigh, span.traceIdLow)).isEqualTo(TRACE);
    assertThat(span.trail.baggage).isEqualTo("k=v");
    assertThat(current.takeIncoming(Propagation.W3C, new ServerSpan())).isFalse();
  }

  @Test
  void written_isWhatWasRead() {
    read(Propagation.W3C, TRACE_PARENT, "vendor=1", "k=v");
    span.spanId = span.parentSpanId;
    span.bits |= Span.SAMPLED;
    span.root = span;

    assertThat(Propagation.W3C.value(0, Current.get(), span)).isEqualTo(TRACE_PARENT);
    assertThat(Propagation.W3C.value(1, Current.get(), span)).isEqualTo("vendor=1");
    assertThat(Propagation.W3C.value(2, Current.get(), span)).isEqualTo("k=v");
  }

  @Test
  void lengths_areThoseOfTheFields() {
    Propagation all = new Propagation(Propagation.Format.values());
    for (String field : all.fields) {
      assertThat(all.mayHave(field.length())).as(field).isTrue();
    }
    assertThat(Propagation.W3C.mayHave("host".length())).isFalse();
    assertThat(Propagation.W3C.mayHave("user-agent-".length())).isTrue();
    assertThat(Propagation.W3C.mayHave("accept-encoding".length())).isFalse();
  }

  private boolean read(Propagation propagation, String... values) {
    String[] all = new String[Propagation.MOST_FIELDS];
    System.arraycopy(values, 0, all, 0, values.length);
    return propagation.read(all, span);
  }
}
