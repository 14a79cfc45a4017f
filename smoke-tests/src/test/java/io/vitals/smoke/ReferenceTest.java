/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The same programs under this agent and under the OpenTelemetry agent send the same, but for the
 * {@link IntendedDifference}s.
 */
@Tag("reference")
class ReferenceTest {
  /** Of the spans and stable attributes, the part that has to be the same on both sides. */
  private static final double EQUAL = 0.98;

  private static final Comparison COMPARISON = new Comparison();
  private static final int PROGRAMS = 7;

  /**
   * Without what is the same code as another: Jetty 11 is Jetty 10 under other package names, the
   * servlets of Jakarta EE 8 and 9 on Jetty 12 share one container, so do those of 10 and 11 and of
   * Jetty 12.0. The JDK's server and Tomcat 9 to 11 are among the programs.
   */
  private static final Set<HttpServerFixture> SERVERS =
      EnumSet.of(
          HttpServerFixture.TOMCAT85,
          HttpServerFixture.JETTY9,
          HttpServerFixture.JETTY10,
          HttpServerFixture.JETTY12_EE8,
          HttpServerFixture.JETTY12_EE10,
          HttpServerFixture.JETTY12_HANDLERS,
          HttpServerFixture.UNDERTOW22,
          HttpServerFixture.UNDERTOW23,
          HttpServerFixture.UNDERTOW23_HANDLERS,
          HttpServerFixture.PIRANHA,
          HttpServerFixture.SMART_SERVLET);

  private static final BothAgents AGENTS = new BothAgents(COMPARISON);
  private static final int ALL =
      PROGRAMS
          + SERVERS.size()
          + HttpClientContract.Fixture.values().length
          + ApplicationServer.values().length;

  /** So small a young generation that a collection, whose metric is compared, is certain. */
  private static final String COLLECTING = "-Xmn2m";

  private static final int RUNNING = Jdk.running().version();

  @TempDir static Path folder;
  private static HttpPeer peer;
  private static SelfSigned certificate;

  @BeforeAll
  static void startPeer() throws Exception {
    peer = new HttpPeer(folder);
    certificate = SelfSigned.in(folder, "server");
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_SHOP", "JDK_CLIENTS", "TOMCAT9", "TOMCAT10", "TOMCAT11"})
  void program_sendsWhatItSendsUnderTheReference(Program program) throws Exception {
    AGENTS.atOnce(
        program.name(),
        RUNNING,
        (jvm, ignored, side) -> record(jvm, program, pages(program), ignored));
  }

  @Test
  void programWithPostgres_sendsWhatItSendsUnderTheReference() throws Exception {
    Program program = Program.JDK_SHOP_POSTGRESQL;
    try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
      String url = database.getJdbcUrl("postgres", "postgres");
      AGENTS.inTurn(
          program.name(),
          (jvm, ignored, side) ->
              record(jvm.property("shop.jdbc.url", url), program, pages(program), ignored));
    }
  }

  @Test
  void drivers_sendWhatTheySendUnderTheReference() throws Exception {
    Program program = Program.JDBC_DRIVERS;
    try (ComparedDatabases databases = new ComparedDatabases(folder.resolve("databases"))) {
      AGENTS.inTurn(
          program.name(),
          (jvm, ignored, side) -> {
            databases.forget();
            jvm.property("contract.databases", databases.settings().toString())
                .property("derby.stream.error.file", folder.resolve("derby.log").toString());
            return record(jvm, program, databases.pages(), ignored);
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  void client_sendsWhatItSendsUnderTheReference(HttpClientContract.Fixture fixture)
      throws Exception {
    AGENTS.inTurn(fixture.name(), (jvm, ignored, side) -> record(jvm, fixture, ignored));
  }

  @ParameterizedTest
  @FieldSource("SERVERS")
  void server_sendsWhatItSendsUnderTheReference(HttpServerFixture fixture) throws Exception {
    AGENTS.atOnce(
        fixture.name(),
        RUNNING,
        (jvm, ignored, side) ->
            record(
                fixture.prepared(jvm).property("contract.key", certificate.store().toString()),
                fixture.program,
                pages(fixture),
                ignored));
  }

  @ParameterizedTest
  @EnumSource
  void applicationServer_sendsWhatItSendsUnderTheReference(ApplicationServer server)
      throws Exception {
    AGENTS.atOnce(
        server.name(),
        server.version,
        (jvm, ignored, side) -> {
          Path base = Files.createDirectories(folder.resolve(server.name()).resolve(side));
          int port = ApplicationServer.freePort();
          try (OtlpReceiver receiver = OtlpReceiver.start()) {
            try (ForkedJvm forked = server.start(jvm.exportingTo(receiver), base, port)) {
              server.awaitStart(forked);
              Visitor visitor = new Visitor(port);
              ApplicationServerTest.paths().forEach(visitor::get);
              // What came before the last one is there with it; a signal may cost the reference
              // some.
              visitor.get("/shop/stock?last");
              receiver.received().awaitSpans(spans -> has(spans, "last"), ForkedJvm.PATIENCE);
              assertThat(forked.terminate()).as(forked::toString).isEqualTo(server.exit());
            }
            return Recording.of(receiver.received(), ignored);
          }
        });
  }

  @AfterAll
  static void stopPeer() throws IOException {
    peer.close();
  }

  /** Only where all were compared; a single one cannot show them all. */
  @AfterAll
  static void intendedDifferences_allShowAndAreFew() throws IOException {
    if (COMPARISON.compared() == ALL) {
      Files.write(Comparison.FOLDER.resolve("shares.txt"), COMPARISON.shares());
      System.out.println(COMPARISON.shares().get(ALL));
      assertThat(COMPARISON.seen()).containsExactlyInAnyOrderElementsOf(IntendedDifference.ALL);
      assertThat(COMPARISON.share())
          .as(() -> String.join("\n", COMPARISON.shares()))
          .isGreaterThanOrEqualTo(EQUAL);
    }
  }

  private static Recording record(
      Jvm jvm, Program program, List<String> pages, Predicate<ReceivedSpan> ignored) {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      jvm.exportingTo(receiver).flag(COLLECTING);
      return Recording.of(jvm, receiver, program, pages, ignored);
    }
  }

  private static Recording record(
      Jvm jvm, HttpClientContract.Fixture fixture, Predicate<ReceivedSpan> ignored)
      throws Exception {
    HttpClientContract contract = new HttpClientContract(fixture, peer);
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm forked = contract.start(jvm.flag(COLLECTING), receiver)) {
      contract.make();
      assertThat(forked.finish()).as(forked::toString).isZero();
      return Recording.of(receiver.received(), ignored);
    }
  }

  private static boolean has(List<ReceivedSpan> spans, String query) {
    return spans.stream().anyMatch(span -> query.equals(span.attribute("url.query")));
  }

  private static List<String> pages(HttpServerFixture fixture) {
    List<String> pages =
        new ArrayList<>(
            List.of(
                "/plain?q=1&r=a%20b",
                "/moved", "/gone", "/unavailable", "/throws", "/nothing", "/call"));
    if (fixture.asynchronous()) {
      pages.add("/async");
    }
    if (fixture.servlets()) {
      pages.addAll(
          List.of(
              "/items/17", "/about.html", "/guarded/yes", "/guarded/no", "/teapot", "/forward"));
    }
    if (fixture.servlets() && fixture.asynchronous()) {
      pages.addAll(List.of("/async-start", "/async-dispatch"));
    }
    if (fixture.servlets() && fixture.timesOut()) {
      pages.add("/async-timeout");
    }
    return pages;
  }

  private static List<String> pages(Program program) {
    return switch (program) {
      case JDK_CLIENTS -> List.of("/sync", "/async", "/missing?a=b", "/nobody", "/unknown");
      case JDK_SHOP, JDK_SHOP_POSTGRESQL ->
          List.of(
              "/plain?q=1",
              "/refused",
              "/count",
              "/item",
              "/restock",
              "/call",
              "/undo",
              "/broken",
              "/stock",
              "/missing",
              "/nobody",
              "/all",
              "/plain/deeper",
              "/unknown");
      default ->
          List.of(
              "/shop/plain",
              "/shop/orders",
              "/shop/orders/1?full=yes",
              "/shop/orders/77",
              "/shop/checkout",
              "/shop/stock",
              "/shop/lost",
              "/shop/some/thing.do",
              "/shop/about.html",
              "/shop/nothing",
              "/elsewhere",
              "/shop/gone",
              "/shop/moved",
              "/shop/forward",
              "/shop/include",
              "/shop/broken",
              "/shop/crash",
              "/shop/async",
              "/shop/async-dispatch",
              "/shop");
    };
  }
}
