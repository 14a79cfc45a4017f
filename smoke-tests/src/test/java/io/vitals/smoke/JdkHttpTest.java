/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The JDK's own server and its two clients. */
@Tag("servers")
class JdkHttpTest {
  @Test
  void httpUrlConnection_isAClientSpanBetweenTwoServers() {
    List<TraceTree> traces =
        traces(Program.JDK_SHOP, "/plain?q=1", "/stock", "/missing", "/nobody", "/plain/deeper");
    assertThat(traces).hasSize(5);
    assertThat(traces.get(0).shape()).isEqualTo("SERVER GET /plain\n");
    assertThat(traces.get(0).span().attributes())
        .containsEntry("http.route", "/plain")
        .containsEntry("url.path", "/plain")
        .containsEntry("url.query", "q=1")
        .containsEntry("http.response.status_code", 200L);

    assertThat(traces.get(1).shape())
        .isEqualTo("SERVER GET /stock\n  CLIENT GET\n    SERVER GET /stock\n");
    ReceivedSpan call = traces.get(1).find("CLIENT", "GET");
    assertThat(call.attribute("url.full")).matches("http://localhost:\\d+/stock\\?of=tea");
    assertThat(call.attributes())
        .containsEntry("http.request.method", "GET")
        .containsEntry("http.response.status_code", 200L)
        .containsEntry("server.address", "localhost")
        .containsKey("server.port");
    assertThat(call.status()).isEqualTo("UNSET");

    ReceivedSpan missing = traces.get(2).find("CLIENT", "GET");
    assertThat(missing.status()).isEqualTo("ERROR");
    assertThat(missing.attribute("error.type")).isEqualTo("404");

    ReceivedSpan nobody = traces.get(3).find("CLIENT", "GET");
    assertThat(nobody.status()).isEqualTo("ERROR");
    assertThat(nobody.attribute("error.type")).isEqualTo("java.net.ConnectException");
    assertThat(traces.get(3).span().attribute("error.type")).isEqualTo("502");

    assertThat(traces.get(4).span().name()).isEqualTo("GET /plain");
    assertThat(traces.get(4).span().attribute("url.path")).isEqualTo("/plain/deeper");
  }

  @Test
  void httpClient_isAClientSpanBetweenTwoServers() {
    List<TraceTree> traces =
        traces(Program.JDK_CLIENTS, "/sync", "/async", "/missing?a=b", "/nobody");
    assertThat(traces).hasSize(4);
    assertThat(traces.get(0).shape())
        .isEqualTo("SERVER GET /sync\n  CLIENT GET\n    SERVER GET /stock\n");
    assertThat(traces.get(1).shape())
        .isEqualTo("SERVER GET /async\n  CLIENT GET\n    SERVER GET /stock\n");
    assertThat(traces.get(2).find("CLIENT", "GET").attribute("error.type")).isEqualTo("404");
    ReceivedSpan nobody = traces.get(3).find("CLIENT", "GET");
    assertThat(nobody.status()).isEqualTo("ERROR");
    assertThat(nobody.attribute("error.type")).isEqualTo("java.net.ConnectException");
  }

  private static List<TraceTree> traces(Program program, String... pages) {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm = Jvm.running().agent().exportingTo(receiver).start(program)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      for (String page : pages) {
        visitor.get(page);
      }
      assertThat(jvm.finish()).isZero();
      assertThat(jvm.noise()).isEmpty();
      return receiver.received().traces().stream()
          .filter(tree -> tree.span().kind().equals("SERVER"))
          .toList();
    }
  }
}
