/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Web frameworks know the route better than the servlet they run in. */
@Tag("servers")
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

  /** What JAX-RS frameworks agree upon. */
  private static final List<String> REST =
      List.of(
          "/shop/rest/orders 200 GET /shop/rest/orders",
          "/shop/orders 200 GET /shop/orders",
          "/shop/rest/orders/17 200 GET /shop/rest/orders/{id: [0-9]+}",
          "/shop/rest/orders/17/ 200 GET /shop/rest/orders/{id: [0-9]+}",
          "/shop/rest/orders/abc/parts/wheel 200 GET /shop/rest/orders/{id}/parts/{part}",
          "/shop/rest/orders/fails 500 GET /shop/rest/orders/fails",
          "/shop/rest/orders/refused 403 GET /shop/rest/orders/refused",
          "/shop/rest/orders/refused/kindly 409 GET /shop/rest/orders/refused/kindly",
          "/shop/rest/orders/sent/402 402 GET /shop/rest/orders/sent/{status}",
          // Its error page is a resource too.
          "/shop/rest/orders/sent/503 200 GET /shop/rest/orders/sent/{status}",
          "/shop/rest/orders/late/3 200 GET /shop/rest/orders/late/{id}",
          "/shop/rest/orders/late/3/fails 500 GET /shop/rest/orders/late/{id}/fails",
          "/shop/rest/orders/stage/4 200 GET /shop/rest/orders/stage/{id}",
          "/shop/rest/orders/denied/6 401 GET /shop/rest/orders/denied/{id}",
          "/shop/rest/orders/5/items 200 GET /shop/rest/orders/{id}/items",
          "/shop/rest/orders/5/items/9 200 GET /shop/rest/orders/{id}/items/{item}",
          "/shop/rest/orders/5/items/9/labels/red 200"
              + " GET /shop/rest/orders/{id}/items/{item}/labels/{name}",
          "/shop/orders/5/items/9/labels/red 200"
              + " GET /shop/orders/{id}/items/{item}/labels/{name}",
          "/shop/rest/lookups/a 200 GET /shop/rest/lookups/{shop}",
          "/shop/rest/lookups/a/9 200 GET /shop/rest/lookups/{shop}/{item}",
          "/shop/rest/lookups/a/9/labels/red 200"
              + " GET /shop/rest/lookups/{shop}/{item}/labels/{name}",
          "/shop/rest/files/a/b/c.txt 200 GET /shop/rest/files/{path:.+}",
          "/shop/rest/ping 200 GET /shop/rest/ping",
          "/shop/rest/orders/posted 405 GET /shop/rest/*",
          "/shop/rest/nothing 404 GET /shop/rest/*",
          "/shop/nothing 404 GET /shop/*");

  /** Jersey matches everything before it calls anything. */
  private static final List<String> REST_AT_ONCE =
      List.of(
          "/shop/rest/orders/5/items/none/x 404 GET /shop/rest/*",
          "/shop/rest/orders/5/items/9/nothing/x 404 GET /shop/rest/*");

  /** RESTEasy and CXF call a locator, and then go on to match. */
  private static final List<String> REST_BY_AND_BY =
      List.of(
          "/shop/rest/orders/5/items/none/x 404 GET /shop/rest/orders/{id}/items/none",
          "/shop/rest/orders/5/items/9/nothing/x 404 GET /shop/rest/orders/{id}/items");

  /** The resource at the root, which the reference calls as we do with Jersey only. */
  private static final List<String> REST_ROOT =
      List.of("/shop/rest 200 GET /shop/rest", "/shop/rest/ 200 GET /shop/rest");

  private static final List<String> STRUTS =
      List.of(
          "/shop/orders.action 200 GET /shop/orders",
          "/shop/orders 200 GET /shop/orders",
          "/shop/order-17.action 200 GET /shop/order-*",
          "/shop/fails.action 500 GET /shop/fails",
          "/shop/refused.action 403 GET /shop/refused",
          "/shop/admin/orders.action 200 GET /shop/admin/orders",
          // Of a chain the first action counts.
          "/shop/admin/chained.action 200 GET /shop/admin/chained",
          "/shop/help.action 200 GET /shop/help",
          // An error page answers.
          "/shop/nothing.action 404 GET /shop/sorry",
          "/shop/nothing 404 GET /shop/sorry");

  /** The reference calls its spans by the view alone, and leaves the servlet's mapping as route. */
  private static final List<String> FACES =
      List.of(
          "/shop/orders.xhtml 200 GET /shop/orders.xhtml",
          "/shop/admin/orders.xhtml 200 GET /shop/admin/orders.xhtml",
          "/shop/fails.xhtml 500 GET /shop/fails.xhtml");

  /** MyFaces looks for JSTL then. */
  private static final String NO_VIEW = "/shop/nothing.xhtml 404 GET /shop/*.xhtml";

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

  @ParameterizedTest
  @EnumSource(
      names = {"JERSEY.*", "RESTEASY.", "CXF."},
      mode = EnumSource.Mode.MATCH_ANY)
  void jaxRs_namesTheRoute(Program program) {
    List<String> expected = new ArrayList<>(rest(program));
    expected.addAll(REST_ROOT);
    Jvm jvm = Jvm.running();
    if (program == Program.JERSEY2_OLDEST) {
      // It reaches into the JDK, and JAX-RS 2.0 knows no stage.
      jvm = Jvm.version(8);
      expected.replaceAll(page -> page.replace("stage/4 200", "stage/4 500"));
    }
    assertThat(visited(jvm.agent(), program, expected)).isEqualTo(expected);
  }

  /** Of CXF it does not know 4. */
  @ParameterizedTest
  @EnumSource(names = {"JERSEY3", "RESTEASY6", "CXF3"})
  void reference_namesTheSameRoutesOfJaxRs(Program program) {
    Jvm reference = Jvm.running().javaAgent(Program.jars("reference").get(0).toString());
    List<String> expected = rest(program);
    assertThat(visited(reference, program, expected)).isEqualTo(expected);
  }

  private static List<String> rest(Program program) {
    List<String> expected = new ArrayList<>(REST);
    expected.addAll(program.name().startsWith("JERSEY") ? REST_AT_ONCE : REST_BY_AND_BY);
    return expected;
  }

  @ParameterizedTest
  @CsvSource({"JERSEY4, jersey", "RESTEASY7, resteasy", "CXF4, jaxrs"})
  void jaxRsSwitchedOff_leavesTheServletsMapping(Program program, String name) {
    Jvm without =
        Jvm.running().agent().property("otel.instrumentation." + name + ".enabled", "false");
    assertThat(visited(without, program, List.of("/shop/rest/orders/17", "/shop/orders/17")))
        .containsExactly(
            "/shop/rest/orders/17 200 GET /shop/rest/*", "/shop/orders/17 200 GET /shop/*");
  }

  @ParameterizedTest
  @EnumSource(names = {"STRUTS23", "STRUTS2", "STRUTS6", "STRUTS7"})
  void struts_namesTheRoute(Program program) {
    // Struts 2.3 reads no class files of today.
    Jvm jvm = program == Program.STRUTS23 ? Jvm.version(8) : Jvm.running();
    assertThat(visited(jvm.agent(), program, STRUTS)).isEqualTo(STRUTS);
  }

  @Test
  void reference_namesTheSameRoutesOfStruts() {
    Jvm reference = Jvm.running().javaAgent(Program.jars("reference").get(0).toString());
    assertThat(visited(reference, Program.STRUTS7, STRUTS)).isEqualTo(STRUTS);
  }

  @Test
  void strutsSwitchedOff_leavesTheFiltersMapping() {
    Jvm without = Jvm.running().agent().property("otel.instrumentation.struts.enabled", "false");
    assertThat(visited(without, Program.STRUTS6, List.of("/shop/orders.action")))
        .containsExactly("/shop/orders.action 200 GET /shop/*");
  }

  @ParameterizedTest
  @EnumSource(names = {"MOJARRA2", "MOJARRA3", "MOJARRA4", "MYFACES2"})
  void faces_nameTheRoute(Program program) {
    List<String> expected = faces(program);
    assertThat(visited(Jvm.running().agent(), program, expected)).isEqualTo(expected);
  }

  private static final List<String> JSP =
      List.of(
          "/shop/offers.jsp 200 GET /shop/offers.jsp",
          "/shop/nothing.jsp 404 GET /shop/nothing.jsp");

  @Test
  void jsp_hasItsPathAsRouteAsWithTheReference() {
    Jvm reference = Jvm.running().javaAgent(Program.jars("reference").get(0).toString());
    assertThat(visited(Jvm.running().agent(), Program.MOJARRA2, JSP)).isEqualTo(JSP);
    assertThat(visited(reference, Program.MOJARRA2, JSP)).isEqualTo(JSP);
  }

  private static List<String> faces(Program program) {
    List<String> expected = new ArrayList<>(FACES);
    if (program != Program.MYFACES2) {
      expected.add(NO_VIEW);
    }
    return expected;
  }

  @Test
  void facesSwitchedOff_leaveTheServletsMapping() {
    Jvm without = Jvm.running().agent().property("otel.instrumentation.jsf.enabled", "false");
    assertThat(visited(without, Program.MOJARRA4, List.of("/shop/orders.xhtml")))
        .containsExactly("/shop/orders.xhtml 200 GET /shop/*.xhtml");
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
