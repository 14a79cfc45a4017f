/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every request that Tomcat answers is one server span, whatever answers it. */
@Tag("servers")
class TomcatTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * A request and what is to arrive.
   *
   * @param route with the context path, or null if nothing matched
   * @param below kind and name of the spans below it, in their order
   */
  private record Page(String path, int status, String route, String... below) {}

  private static final List<Page> PAGES =
      List.of(
          new Page("/shop/plain", 200, "/shop/plain"),
          new Page("/shop/orders", 200, "/shop/orders", "CLIENT select orders"),
          new Page("/shop/orders/1", 200, "/shop/orders/*", "CLIENT SELECT orders"),
          new Page("/shop/orders/77", 404, "/shop/orders/*", "CLIENT SELECT orders"),
          new Page(
              "/shop/checkout",
              200,
              "/shop/checkout",
              "CLIENT BATCH UPDATE orders",
              "CLIENT GET",
              "  SERVER GET /stock"),
          new Page("/shop/some/thing.do", 200, "/shop/*.do"),
          new Page("/shop/about.html", 200, "/shop/*"),
          new Page("/shop/nothing", 404, "/shop/*"),
          new Page("/elsewhere", 404, null),
          new Page("/shop", 302, null),
          new Page("/shop/gone", 410, "/shop/gone"),
          new Page("/shop/moved", 302, "/shop/moved"),
          new Page("/shop/forward", 200, "/shop/forward", "CLIENT select orders"),
          new Page("/shop/include", 200, "/shop/include"),
          new Page("/shop/broken", 500, "/shop/broken", "CLIENT select nowhere"),
          new Page("/shop/crash", 500, "/shop/crash"),
          new Page("/shop/async", 200, "/shop/async", "CLIENT select orders"),
          new Page("/shop/async-dispatch", 200, "/shop/async-dispatch"));

  @ParameterizedTest
  @EnumSource(names = {"TOMCAT9", "TOMCAT10", "TOMCAT11"})
  void request_isOneServerSpan(Program program) {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm = Jvm.running().agent().exportingTo(receiver).start(program)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      for (Page page : PAGES) {
        assertThat(visitor.get(page.path())).as(page.path()).isEqualTo(page.status());
      }
      assertThat(jvm.finish()).isZero();
      assertThat(jvm.noise()).isEmpty();

      List<TraceTree> requests = requests(receiver.received());
      assertThat(requests).hasSize(PAGES.size());
      for (int i = 0; i < requests.size(); i++) {
        check(requests.get(i), PAGES.get(i));
      }
      assertThat(count(receiver.received(), "/shop/orders/*")).isEqualTo(2);
    }
  }

  /** What measures servlets in unknown containers costs nothing in this one. */
  @ParameterizedTest
  @EnumSource(names = {"TOMCAT9", "TOMCAT11"})
  void hookOfTheServletApi_isNotLoaded(Program program, @TempDir Path folder) {
    Path log = folder.resolve("classes.log");
    try (ForkedJvm jvm = Jvm.running().agent().flag(LoadedClasses.flag(log)).start(program)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      assertThat(visitor.get("/shop/orders/1")).isEqualTo(200);
      assertThat(visitor.get("/shop/async")).isEqualTo(200);
      assertThat(jvm.finish()).isZero();
    }
    String hooks = "io.vitals.instrumentation.server.";
    List<String> loaded = LoadedClasses.read(log).names(entry -> entry.name().startsWith(hooks));
    assertThat(loaded).contains(hooks + "TomcatRequests");
    assertThat(loaded).noneMatch(name -> name.contains("Jakarta") || name.contains("Javax"));
  }

  private static void check(TraceTree tree, Page page) {
    ReceivedSpan span = tree.span();
    String name = page.route() == null ? "GET" : "GET " + page.route();
    StringBuilder shape = new StringBuilder("SERVER " + name + "\n");
    for (String below : page.below()) {
      shape.append("  ").append(below).append('\n');
    }
    assertThat(tree.shape()).as(page.path()).isEqualTo(shape.toString());
    assertThat(span.attributes())
        .as(page.path())
        .containsEntry("http.request.method", "GET")
        .containsEntry("http.response.status_code", (long) page.status())
        .containsEntry("url.path", page.path())
        .containsEntry("url.scheme", "http")
        .containsEntry("server.address", "127.0.0.1")
        .containsEntry("client.address", "127.0.0.1")
        .containsEntry("network.protocol.version", "1.1")
        .containsEntry("user_agent.original", "visitor");
    assertThat(span.attribute("http.route")).as(page.path()).isEqualTo(page.route());
    boolean failed = page.status() >= 500;
    assertThat(span.status()).as(page.path()).isEqualTo(failed ? "ERROR" : "UNSET");
    assertThat(span.attribute("error.type")).as(page.path()).isEqualTo(failed ? "500" : null);
    assertThat(span.endNanos()).isGreaterThan(span.startNanos());
    assertThat(span.resource()).containsEntry("service.name", "shop");
  }

  @Test
  void remoteTrace_isContinued() {
    String traceId = "0af7651916cd43dd8448eb211c80319c";
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm = Jvm.running().agent().exportingTo(receiver).start(Program.TOMCAT11)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      visitor.get(
          "/shop/stock",
          Map.of(
              "traceparent", "00-" + traceId + "-b7ad6b7169203331-01", "tracestate", "vendor=1"));
      List<ReceivedSpan> spans =
          receiver
              .received()
              .awaitSpans(all -> all.stream().filter(s -> isServer(s)).count() == 2, PATIENCE)
              .stream()
              .filter(span -> span.traceId().equals(traceId))
              .toList();
      assertThat(spans).hasSize(3);
      assertThat(spans).allMatch(span -> span.traceState().equals("vendor=1"));
      assertThat(spans)
          .filteredOn(span -> span.name().equals("GET /shop/stock"))
          .singleElement()
          .matches(span -> span.parentId().equals("b7ad6b7169203331"));
    }
  }

  @Test
  void concurrentRequests_arriveEachOnceAndApart() {
    int requests = 400;
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm = Jvm.running().agent().exportingTo(receiver).start(Program.TOMCAT11)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      CompletableFuture<?>[] visits =
          IntStream.range(0, 8)
              .mapToObj(i -> CompletableFuture.runAsync(() -> ask(visitor, requests / 8)))
              .toArray(CompletableFuture[]::new);
      CompletableFuture.allOf(visits).join();
      assertThat(jvm.finish()).isZero();

      List<TraceTree> trees = requests(receiver.received());
      assertThat(trees).hasSize(requests);
      assertThat(trees)
          .allMatch(
              tree ->
                  tree.shape()
                      .equals(
                          "SERVER GET /shop/checkout\n"
                              + "  CLIENT BATCH UPDATE orders\n"
                              + "  CLIENT GET\n"
                              + "    SERVER GET /stock\n"));
      assertThat(count(receiver.received(), "/shop/checkout")).isEqualTo(requests);
    }
  }

  private static void ask(Visitor visitor, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(visitor.get("/shop/checkout")).isEqualTo(200);
    }
  }

  private static boolean isServer(ReceivedSpan span) {
    return span.kind().equals("SERVER");
  }

  /** The traces that began with a request, without those of the start. */
  private static List<TraceTree> requests(Received received) {
    return received.traces().stream().filter(tree -> isServer(tree.span())).toList();
  }

  /** How many requests of the route the histogram counted. */
  private static long count(Received received, String route) {
    return received.metric("http.server.request.duration").points().stream()
        .filter(point -> route.equals(point.attribute("http.route")))
        .mapToLong(ReceivedMetric.Point::count)
        .sum();
  }
}
