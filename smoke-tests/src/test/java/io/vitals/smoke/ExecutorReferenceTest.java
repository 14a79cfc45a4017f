/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the executor, a task's call hangs where the reference agent hangs it. */
@Tag("reference")
class ExecutorReferenceTest {
  /**
   * Ways in which the reference loses the trace or finds a wrong one, and why ours is better; one
   * that no longer differs fails the test.
   */
  private static final Map<String, String> BETTER = Map.of();

  @ParameterizedTest
  @ValueSource(ints = {17, 21})
  void taskOfARequest_isItsChildAsUnderTheReference(int version) {
    Map<String, String> ours = traces(Jvm.version(version).agent());
    Map<String, String> reference =
        traces(
            Jvm.version(version)
                .javaAgent(Program.jars("reference").get(0).toString())
                .property("otel.metrics.exporter", "none")
                .property("otel.logs.exporter", "none"));
    assertThat(ours).hasSizeGreaterThan(100);
    Map<String, String> differing = new TreeMap<>();
    ours.forEach(
        (page, shape) -> {
          if (!shape.equals(reference.get(page))) {
            differing.put(page, shape + "\nunder the reference\n" + reference.get(page));
          }
        });
    assertThat(differing.keySet()).as(differing::toString).isEqualTo(BETTER.keySet());
    ours.forEach((page, shape) -> assertThat(shape).as(page).isEqualTo(expected(page)));
  }

  private static String expected(String page) {
    if (page.startsWith("/task/")) {
      return "SERVER\n  CLIENT\n    SERVER\n";
    }
    return "SERVER\nCLIENT\n  SERVER\n";
  }

  /** The trace, or the traces, of each page. */
  private static Map<String, String> traces(Jvm jvm) {
    if (jvm.version() >= 21) {
      jvm.flag("--enable-preview").property("structured", "true");
    }
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      List<String> pages = new ArrayList<>();
      try (ForkedJvm forked = jvm.exportingTo(receiver).start(Program.TASK_SHOP)) {
        Visitor visitor = new Visitor(forked.awaitPort());
        for (String line : forked.out()) {
          if (line.startsWith("way ")) {
            pages.add("/task/" + line.substring(4));
            pages.add("/apart/" + line.substring(4));
          }
        }
        for (String page : pages) {
          assertThat(visitor.get(page)).as(page).isEqualTo(200);
        }
        assertThat(forked.finish()).as(forked::toString).isZero();
      }
      int spans = 3 * pages.size();
      receiver.received().awaitSpans(arrived -> arrived.size() >= spans, Duration.ofSeconds(20));
      return byPage(receiver.received().traces());
    }
  }

  /** A root that is no page is the call of the page just before. */
  private static Map<String, String> byPage(List<TraceTree> trees) {
    Map<String, String> shapes = new TreeMap<>();
    for (TraceTree tree : trees) {
      String page = tree.span().attribute("url.path");
      if (page == null) {
        String called = tree.span().attribute("url.full");
        page = "/apart/" + called.substring(called.indexOf('=') + 1);
      }
      shapes.merge(page, tree.lines(ReceivedSpan::kind), String::concat);
    }
    return shapes;
  }
}
