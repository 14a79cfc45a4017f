/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitals.smoke.IntendedDifference.Side;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same programs under this agent and under the OpenTelemetry agent send the same, but for the
 * {@link IntendedDifference}s.
 */
class ReferenceTest {
  private static final Set<IntendedDifference> SEEN = new HashSet<>();
  private static final Set<String> COMPARED = new HashSet<>();
  private static final int PROGRAMS = 6;
  private static final int SERVERS = 6;

  @TempDir static Path folder;
  private static HttpPeer peer;
  private static SelfSigned certificate;

  @BeforeAll
  static void startPeer() throws Exception {
    peer = new HttpPeer(folder);
    certificate = SelfSigned.in(folder, "server");
  }

  @ParameterizedTest
  @EnumSource(
      names = {"JDK_SHOP", "JDK_SHOP_POSTGRESQL", "JDK_CLIENTS", "TOMCAT9", "TOMCAT10", "TOMCAT11"})
  void program_sendsWhatItSendsUnderTheReference(Program program) throws IOException {
    Recording reference;
    Recording ours;
    if (program == Program.JDK_SHOP_POSTGRESQL) {
      try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
        String url = database.getJdbcUrl("postgres", "postgres");
        reference = reference(program, url);
        ours = ours(program, url);
      }
    } else {
      reference = reference(program, "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1");
      ours = ours(program, "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1");
    }
    compare(program.name(), reference, ours);
  }

  @ParameterizedTest
  @EnumSource
  void client_sendsWhatItSendsUnderTheReference(HttpClientContract.Fixture fixture)
      throws Exception {
    Recording reference = record(underReference(), fixture, IntendedDifference::isReferenceOnly);
    Recording ours = record(underOurs(), fixture, span -> false);
    compare(fixture.name(), reference, ours);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "JETTY12_EE10",
        "JETTY12_HANDLERS",
        "UNDERTOW23",
        "UNDERTOW23_HANDLERS",
        "PIRANHA",
        "SMART_SERVLET"
      })
  void server_sendsWhatItSendsUnderTheReference(HttpServerFixture fixture) throws IOException {
    Recording reference = record(underReference(), fixture, IntendedDifference::isReferenceOnly);
    Recording ours = record(underOurs(), fixture, span -> false);
    compare(fixture.name(), reference, ours);
  }

  @AfterAll
  static void stopPeer() throws IOException {
    peer.close();
  }

  @AfterAll
  static void intendedDifferences_allShow() {
    // Only where all were compared; a single one cannot show them all.
    if (COMPARED.size() == PROGRAMS + SERVERS + HttpClientContract.Fixture.values().length) {
      assertThat(SEEN).containsExactlyInAnyOrderElementsOf(IntendedDifference.ALL);
    }
  }

  /** Leaves what was recorded beside the build's other output, and compares it. */
  private static void compare(String name, Recording reference, Recording ours) throws IOException {
    Path folder = Files.createDirectories(Program.HOME.resolve("recordings"));
    Files.write(folder.resolve(name + ".reference.txt"), reference.facts());
    Files.write(folder.resolve(name + ".ours.txt"), ours.facts());
    List<String> differences = new ArrayList<>();
    differences.addAll(differences(Side.REFERENCE, reference, ours));
    differences.addAll(differences(Side.OURS, ours, reference));
    assertThat(differences).isEmpty();
    COMPARED.add(name);
  }

  private static List<String> differences(Side side, Recording one, Recording other) {
    Set<String> others = new HashSet<>(other.facts());
    List<String> differences = new ArrayList<>();
    for (String fact : one.facts()) {
      if (!others.contains(fact)) {
        IntendedDifference intended = intended(side, fact);
        if (intended == null) {
          differences.add(side + ": " + fact);
        } else {
          SEEN.add(intended);
        }
      }
    }
    return differences;
  }

  private static IntendedDifference intended(Side side, String fact) {
    for (IntendedDifference difference : IntendedDifference.ALL) {
      if (difference.covers(side, fact)) {
        return difference;
      }
    }
    return null;
  }

  private static Recording reference(Program program, String jdbcUrl) {
    Jvm jvm =
        underReference()
            .property("shop.jdbc.url", jdbcUrl)
            .property("otel.semconv-stability.opt-in", "database");
    return record(jvm, program, IntendedDifference::isReferenceOnly);
  }

  private static Jvm underReference() {
    return Jvm.running()
        .javaAgent(Program.jars("reference").get(0).toString())
        .property("otel.logs.exporter", "none");
  }

  /** Without alerts, whose metrics come only of a program that lives for ten seconds. */
  private static Jvm underOurs() {
    return Jvm.running().agent().property("vitals.alerts.enabled", "false");
  }

  private static Recording ours(Program program, String jdbcUrl) {
    Jvm jvm = underOurs().property("shop.jdbc.url", jdbcUrl);
    return record(jvm, program, span -> false);
  }

  private static Recording record(Jvm jvm, Program program, Predicate<ReceivedSpan> ignored) {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      jvm.exportingTo(receiver);
      return Recording.of(jvm, receiver, program, pages(program), ignored);
    }
  }

  private static Recording record(
      Jvm jvm, HttpServerFixture fixture, Predicate<ReceivedSpan> ignored) {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      jvm.exportingTo(receiver).property("contract.key", certificate.store().toString());
      return Recording.of(jvm, receiver, fixture.program, pages(fixture), ignored);
    }
  }

  private static Recording record(
      Jvm jvm, HttpClientContract.Fixture fixture, Predicate<ReceivedSpan> ignored)
      throws Exception {
    HttpClientContract contract = new HttpClientContract(fixture, peer);
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm forked = contract.start(jvm, receiver)) {
      contract.make();
      assertThat(forked.finish()).as(forked::toString).isZero();
      return Recording.of(receiver.received(), ignored);
    }
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
