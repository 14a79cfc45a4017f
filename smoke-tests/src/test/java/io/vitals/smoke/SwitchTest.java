/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is switched off leaves no trace, and the rest goes on. */
@Tag("input")
class SwitchTest {
  private static final String REMOTE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void disabledSdk_passesTheTraceOnAndSendsNothing() {
    try (Downstream downstream = new Downstream()) {
      Received received =
          ask("/ask", downstream, "otel.sdk.disabled=true", "otel.metric.export.interval=500");

      assertThat(downstream.traceparents()).containsExactly(REMOTE);
      assertThat(received.requests()).isEmpty();
    }
  }

  @Test
  void hookThatIsOff_makesNoSpans() {
    try (Downstream downstream = new Downstream()) {
      Received received =
          ask("/ask", downstream, "otel.instrumentation.http-url-connection.enabled=false");

      assertThat(http(received)).containsExactly("SERVER");
      assertThat(downstream.traceparents()).containsExactly("null");
    }
  }

  @Test
  void allHooksOffButOne_leaveTheOne() {
    try (Downstream downstream = new Downstream()) {
      Received received =
          ask(
              "/ask",
              downstream,
              "otel.instrumentation.common.default-enabled=false",
              "vitals.instrumentation.http-url-connection.enabled=true");

      assertThat(received.spans()).extracting(ReceivedSpan::kind).containsExactly("CLIENT");
    }
  }

  @Test
  void excludedClass_isLeftAloneWhateverAHookSays() {
    try (Downstream downstream = new Downstream()) {
      Received received =
          ask(
              "/ask",
              downstream,
              "otel.javaagent.exclude-classes=sun.net.www.protocol.http.HttpURLConnection");

      assertThat(http(received)).containsExactly("SERVER");
    }
  }

  /** The kinds of the spans of requests; the program's statements are of no interest here. */
  private static List<String> http(Received received) {
    return received.spans().stream()
        .filter(span -> span.attribute("http.request.method") != null)
        .map(ReceivedSpan::kind)
        .toList();
  }

  /** One request with a remote parent to a program that asks {@code downstream}. */
  private static Received ask(String path, Downstream downstream, String... settings) {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      Jvm command =
          Jvm.running().agent().exportingTo(receiver).property("downstream", downstream.url());
      for (String setting : settings) {
        command.flag("-D" + setting);
      }
      try (ForkedJvm jvm = command.start(Program.ERRANDS)) {
        Visitor visitor = new Visitor(jvm.awaitPort());
        assertThat(visitor.get(path, Map.of("traceparent", REMOTE))).isEqualTo(200);
        assertThat(jvm.finish()).isZero();
        assertThat(jvm.noise()).isEmpty();
      }
      return receiver.received();
    }
  }
}
