/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A web archive in a whole application server shows the traces that it shows in a bare container,
 * and the server prints no complaint that it does not print without the agent.
 */
@Tag("servers")
class ApplicationServerTest {
  private static final String PARENT = "b7ad6b7169203331";
  private static final String STATEMENT = "  CLIENT SELECT information_schema.tables\n";

  /** A page, the status that it answers, and the spans of its trace. */
  private record Page(String path, int status, String shape) {
    Page(String path, int status) {
      this(path, status, "SERVER GET " + path + "\n");
    }
  }

  private static final List<Page> PAGES =
      List.of(
          new Page("/shop/orders/7", 200, "SERVER GET /shop/orders/*\n" + STATEMENT),
          new Page(
              "/shop/checkout",
              200,
              "SERVER GET /shop/checkout\n  CLIENT GET\n    SERVER GET /shop/stock\n"),
          new Page("/shop/stock", 200),
          new Page("/shop/async", 200, "SERVER GET /shop/async\n" + STATEMENT),
          new Page("/shop/async-dispatch", 200),
          new Page("/shop/forward", 200),
          new Page("/shop/gone", 410),
          new Page("/shop/crash", 500),
          new Page("/shop/nothing", 404),
          new Page("/elsewhere", 404));

  /** What a person would look into. */
  private static final Pattern COMPLAINT =
      Pattern.compile("WARN|SEVERE|ERROR|FATAL|Exception|Error\\b");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void server_showsTheTracesOfAWebArchive(ApplicationServer server) throws Exception {
    // One after the other: some of what these servers listen on cannot be told.
    int port = ApplicationServer.freePort();
    Set<String> usual = usualComplaints(server, "without", port);
    String capture = "otel.instrumentation.http.server.capture-";
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            server.start(
                Jvm.version(server.version)
                    .agent()
                    .exportingTo(receiver)
                    .property(capture + "request-headers", "x-question")
                    .property(capture + "response-headers", "x-answer"),
                Files.createDirectory(base("with")),
                port)) {
      visit(server, jvm, port);
      assertThat(jvm.terminate()).as(jvm::toString).isEqualTo(server.exit());
      Set<String> complaints = complaints(jvm);
      complaints.removeAll(usual);
      if (!complaints.isEmpty()) {
        // Some of a server's own come now and then.
        complaints.removeAll(usualComplaints(server, "again", port));
      }
      assertThat(complaints).as(jvm::toString).isEmpty();
      check(server, receiver.received(), port);
    }
  }

  /** The pages that are asked for. */
  static List<String> paths() {
    return PAGES.stream().map(page -> page.path() + "?q=1").toList();
  }

  private Set<String> usualComplaints(ApplicationServer server, String name, int port)
      throws Exception {
    Path base = Files.createDirectory(base(name));
    try (ForkedJvm jvm = server.start(Jvm.version(server.version), base, port)) {
      visit(server, jvm, port);
      assertThat(jvm.terminate()).as(jvm::toString).isEqualTo(server.exit());
      return complaints(jvm);
    }
  }

  private Path base(String name) {
    return folder.resolve(name);
  }

  private static void visit(ApplicationServer server, ForkedJvm jvm, int port) {
    server.awaitStart(jvm);
    Visitor visitor = new Visitor(port);
    for (int i = 0; i < PAGES.size(); i++) {
      Page page = PAGES.get(i);
      Map<String, String> headers =
          Map.of("traceparent", "00-" + traceId(i) + "-" + PARENT + "-01", "X-Question", "why");
      assertThat(visitor.get(page.path() + "?q=1", headers))
          .as(() -> page + "\n" + jvm)
          .isEqualTo(page.status());
    }
  }

  private static String traceId(int page) {
    return "0af7651916cd43dd8448eb21%08x".formatted(page + 1);
  }

  /** The lines that complain, without numbers and colours; of stack traces only the first. */
  private static Set<String> complaints(ForkedJvm jvm) {
    List<String> lines = new ArrayList<>(jvm.out());
    lines.addAll(jvm.err());
    Set<String> complaints = new LinkedHashSet<>();
    for (String line : lines) {
      if (COMPLAINT.matcher(line).find() && !line.stripLeading().startsWith("at ")) {
        complaints.add(
            line.replaceAll("\u001b\\[[0-9;]*m", "").replaceAll("[0-9]+([.,:][0-9]+)*", "#"));
      }
    }
    return complaints;
  }

  private static void check(ApplicationServer server, Received received, int port) {
    List<TraceTree> servers =
        received.traces().stream().filter(tree -> tree.span().kind().equals("SERVER")).toList();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < PAGES.size(); i++) {
      Page page = PAGES.get(i);
      String shape =
          switch (page.path()) {
            case "/elsewhere" -> server.elsewhere();
            case "/shop/nothing" -> server.nothing();
            default -> page.shape();
          };
      if (shape != null) {
        expected.add(traceId(i) + " " + PARENT + " " + page.status() + " " + shape);
      }
    }
    assertThat(servers)
        .extracting(
            tree ->
                tree.span().traceId()
                    + " "
                    + tree.span().parentId()
                    + " "
                    + tree.span().attributes().get("http.response.status_code")
                    + " "
                    + tree.shape())
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(received.metric("vitals.agent.hook.failures")).isNull();
    assertThat(received.metric("vitals.agent.hooks.refused")).isNull();
    for (TraceTree tree : servers) {
      ReceivedSpan span = tree.span();
      boolean crashed = "/shop/crash".equals(span.attribute("url.path"));
      assertThat(span.status()).as(span.toString()).isEqualTo(crashed ? "ERROR" : "UNSET");
      assertThat(span.attributes())
          .as(span.toString())
          .containsEntry("http.request.method", "GET")
          .containsEntry("url.scheme", "http")
          .containsEntry("url.query", "q=1")
          .containsEntry("server.address", "127.0.0.1")
          .containsEntry("server.port", (long) port)
          .containsEntry("client.address", "127.0.0.1")
          .containsEntry("network.peer.address", "127.0.0.1")
          .containsEntry("network.protocol.version", "1.1")
          .containsEntry("user_agent.original", "visitor")
          .containsEntry("http.request.header.x-question", List.of("why"));
      assertThat(span.events()).as(span.toString()).hasSize(crashed ? 1 : 0);
      if (crashed) {
        assertThat(span.attribute("error.type")).isEqualTo("500");
        assertThat(span.events().get(0).attributes())
            .containsEntry("exception.type", "java.lang.IllegalStateException")
            .containsEntry("exception.message", "crash");
      }
      if ("/shop/stock".equals(span.attribute("url.path"))) {
        assertThat(span.attributes())
            .containsEntry("http.response.header.x-answer", List.of("yes"));
      }
    }
  }
}
