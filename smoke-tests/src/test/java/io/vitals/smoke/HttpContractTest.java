/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every way of using the JDK's clients, and of answering with its server, has to send. */
class HttpContractTest {
  private static final Map<String, String> SHAPES = new LinkedHashMap<>();

  static {
    shape("/connection/get", "  CLIENT GET", "    SERVER GET /ok");
    shape("/connection/redirect", "  CLIENT GET", "    SERVER GET /moved", "    SERVER GET /ok");
    shape("/connection/gone", "  CLIENT GET", "    SERVER GET /gone");
    shape("/connection/post", "  CLIENT POST", "    SERVER POST /ok");
    shape("/connection/stream", "  CLIENT POST", "    SERVER POST /ok");
    shape("/connection/twice", "  CLIENT GET", "    SERVER GET /ok");
    shape("/connection/unread");
    shape("/connection/refused", "  CLIENT GET");
    shape("/client/sync", "  CLIENT GET", "    SERVER GET /ok");
    shape("/client/redirect", "  CLIENT GET", "    SERVER GET /moved", "    SERVER GET /ok");
    shape("/client/gone", "  CLIENT GET", "    SERVER GET /gone");
    shape("/client/async", "  CLIENT GET", "    SERVER GET /ok");
    shape("/client/late", "  CLIENT GET", "    SERVER GET /late");
    shape("/client/invisible", "  CLIENT GET", "    SERVER GET /ok");
    shape("/client/cancelled", "  CLIENT GET");
  }

  private static void shape(String page, String... below) {
    StringBuilder shape = new StringBuilder("SERVER GET " + page + "\n");
    for (String line : below) {
      shape.append(line).append('\n');
    }
    SHAPES.put(page, shape.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 17, 21, 25, 26})
  void request_isOneSpanOnEitherSide(int version) {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.version(version).agent().exportingTo(receiver).start(Program.HTTP_CASES)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      for (String page : SHAPES.keySet()) {
        assertThat(visitor.get(page)).as(page).isEqualTo(200);
      }
      assertThat(jvm.finish()).isZero();
      assertThat(jvm.noise()).isEmpty();
      List<ReceivedSpan> spans = receiver.received().spans();
      List<TraceTree> traces = receiver.received().traces();
      for (Map.Entry<String, String> expected : SHAPES.entrySet()) {
        String page = expected.getKey();
        assertThat(traces)
            .as(page)
            .filteredOn(trace -> page.equals(trace.span().attribute("http.route")))
            .extracting(TraceTree::shape)
            .containsExactly(expected.getValue());
      }
      assertThat(traces).hasSize(SHAPES.size());
      assertThat(spans)
          .filteredOn(span -> "/late".equals(span.attribute("http.route")))
          .extracting(span -> span.attribute("http.response.status_code"))
          .containsExactly("202");
      assertThat(spans)
          .filteredOn(span -> span.name().equals("GET") && "410".equals(status(span)))
          .hasSize(2)
          .allMatch(span -> "410".equals(span.attribute("error.type")));
      assertThat(spans)
          .filteredOn(span -> "java.net.ConnectException".equals(span.attribute("error.type")))
          .isNotEmpty();
    }
  }

  private static String status(ReceivedSpan span) {
    return span.attribute("http.response.status_code");
  }
}
