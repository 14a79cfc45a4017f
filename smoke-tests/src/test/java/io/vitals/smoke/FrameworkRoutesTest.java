/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Web frameworks know the route better than the servlet they run in. */
class FrameworkRoutesTest {
  /** A page of the program, the answer, and the name of its span: method and route. */
  private static final List<String> SPRING =
      List.of(
          "/shop/orders/17 200 GET /shop/orders/{id}",
          // As the reference has it: the pattern alone, although the dispatcher lies below /api.
          "/shop/api/orders/17 200 GET /shop/orders/{id}",
          "/shop/thing.do 200 GET /shop/thing.do",
          "/shop/items 200 GET /shop/items",
          "/shop/items/5/parts/wheel 200 GET /shop/items/{id:[0-9]+}/parts/{part}",
          "/shop/late/3 200 GET /shop/late/{id}",
          "/shop/fails 500 GET /shop/fails",
          "/shop/refused 403 GET /shop/refused",
          "/shop/error 200 GET /shop/error",
          "/shop/nothing 404 GET /shop/error",
          "/shop/api/nothing 404 GET /shop/error");

  private static final List<String> SPRING_FUNCTIONS =
      List.of(
          "/shop/functions/f 200 GET /shop/functions/{name}",
          "/shop/api/functions/f 200 GET /shop/functions/{name}");

  @ParameterizedTest
  @EnumSource(names = {"SPRING4", "SPRING5", "SPRING6", "SPRING7"})
  void springMvc_namesTheRoute(Program program) {
    List<String> expected = new ArrayList<>(SPRING);
    if (program != Program.SPRING4) {
      expected.addAll(SPRING_FUNCTIONS);
    }
    // Spring 4 reaches into the JDK.
    Jvm jvm = program == Program.SPRING4 ? Jvm.version(8) : Jvm.running();
    assertThat(visited(jvm.agent(), program, expected)).isEqualTo(expected);
  }

  @Test
  void reference_namesTheSameRoutes() {
    Jvm reference = Jvm.running().javaAgent(Program.jars("reference").get(0).toString());
    List<String> expected = new ArrayList<>(SPRING);
    expected.addAll(SPRING_FUNCTIONS);
    assertThat(visited(reference, Program.SPRING6, expected)).isEqualTo(expected);
  }

  @Test
  void hookSwitchedOff_leavesTheServletsMapping() {
    Jvm without =
        Jvm.running().agent().property("otel.instrumentation.spring-webmvc.enabled", "false");
    assertThat(visited(without, Program.SPRING6, List.of("/shop/orders/17", "/shop/api/orders/17")))
        .containsExactly(
            "/shop/orders/17 200 GET /shop/*", "/shop/api/orders/17 200 GET /shop/api/*");
  }

  /** Asks for each page, and says what its span is called. */
  private static List<String> visited(Jvm jvm, Program program, List<String> pages) {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm forked = jvm.exportingTo(receiver).start(program)) {
      Visitor visitor = new Visitor(forked.awaitPort());
      List<String> answers = new ArrayList<>();
      for (String page : pages) {
        String path = page.split(" ")[0];
        answers.add(path + " " + visitor.get(path));
      }
      assertThat(forked.finish()).as(forked::toString).isZero();
      return answers.stream().map(answer -> answer + " " + named(receiver, answer)).toList();
    }
  }

  private static String named(OtlpReceiver receiver, String answer) {
    String path = answer.split(" ")[0];
    List<ReceivedSpan> spans =
        receiver.received().spans().stream()
            .filter(span -> path.equals(span.attribute("url.path")))
            .toList();
    assertThat(spans).as(path).hasSize(1);
    String route = spans.get(0).attribute("http.route");
    assertThat(spans.get(0).name()).isEqualTo(route == null ? "GET" : "GET " + route);
    return spans.get(0).name();
  }
}
