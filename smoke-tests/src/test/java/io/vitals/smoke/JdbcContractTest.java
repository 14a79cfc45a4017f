/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every JDBC driver passes; a driver joins by naming a {@link JdbcFixture}: each call is one
 * span, in its own trace or below its page, with exactly the attributes it has to have, and is
 * counted once.
 */
@Tag("databases")
class JdbcContractTest {
  private static final String PARENT = "b7ad6b7169203331";
  private static final String DURATION = "db.client.operation.duration";

  @TempDir static Path folder;

  @ParameterizedTest
  @EnumSource
  void driver_keepsTheContract(JdbcFixture fixture) throws IOException {
    switch (fixture.dialect) {
      case POSTGRESQL -> checkPostgres(fixture);
      case MARIADB, MYSQL -> checkMariaDb(fixture);
      case SQLITE -> check(fixture, "jdbc:sqlite:" + folder.resolve("shop.db"), Map.of());
      case DUCKDB -> checkDuckDb(fixture);
      default -> check(fixture, fixture.dialect.url, Map.of());
    }
  }

  private static void checkPostgres(JdbcFixture fixture) throws IOException {
    try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
      check(
          fixture,
          database.getJdbcUrl("postgres", "postgres"),
          Map.of("server.address", "localhost", "server.port", (long) database.getPort()));
    }
  }

  /** Its namespace is the whole path, as the reference has it. */
  private static void checkDuckDb(JdbcFixture fixture) throws IOException {
    String file = folder.resolve("shop.duckdb").toString();
    String namespace = file.substring(1).toLowerCase(Locale.ROOT);
    check(fixture, "jdbc:duckdb:" + file, Map.of("db.namespace", namespace));
  }

  private static void checkMariaDb(JdbcFixture fixture) throws IOException {
    try (MariaDbServer database = new MariaDbServer(folder.resolve(fixture.name()))) {
      String one = "127.0.0.1:" + database.port();
      String two = "127.0.0.1:1," + one;
      Map<String, Object> server =
          Map.of("server.address", "127.0.0.1", "server.port", (long) database.port());
      switch (fixture) {
        case MARIADB -> check(fixture, "jdbc:mariadb://" + one + "/shop?sslMode=disable", server);
        case MYSQL -> check(fixture, "jdbc:mysql://" + one + "/shop?sslMode=DISABLED", server);
        case MARIADB_SEQUENTIAL ->
            check(
                fixture,
                "jdbc:mariadb:sequential://" + two + "/shop?sslMode=disable",
                Map.of("server.address", two));
        default ->
            check(
                fixture,
                "jdbc:mysql://" + two + "/shop?sslMode=DISABLED&failOverReadOnly=false",
                Map.of("server.address", two));
      }
    }
  }

  private static void check(JdbcFixture fixture, String url, Map<String, Object> server) {
    Map<String, Object> common = new TreeMap<>();
    common.put("db.system.name", fixture.dialect.system);
    common.put("db.namespace", fixture.dialect.namespace);
    common.putAll(server);
    Map<JdbcSituation, String> pages = new LinkedHashMap<>();
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm = start(fixture, url, receiver)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      for (JdbcSituation situation : fixture.situations()) {
        if (situation.belongsToItsPage()) {
          String traceId = "0af7651916cd43dd8448eb21%08x".formatted(pages.size() + 1);
          pages.put(situation, traceId);
          Map<String, String> parent =
              Map.of("traceparent", "00-" + traceId + "-" + PARENT + "-01");
          assertThat(visitor.get("/" + situation.page(), parent)).as(jvm::toString).isEqualTo(200);
        }
      }
      for (JdbcSituation situation : fixture.situations()) {
        jvm.say(situation.page());
        jvm.awaitLine(Pattern.compile("done " + situation.page() + "$"));
      }
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.out()).noneMatch(line -> line.startsWith("BROKEN"));
      assertThat(jvm.out()).contains("spans on threads: 0", "touched 0");
      assertThat(jvm.noise()).isEmpty();
      Received received = receiver.received();
      assertThat(received.metric("vitals.agent.hook.failures")).isNull();
      assertThat(received.metric("vitals.agent.hooks.refused")).isNull();
      SoftAssertions all = new SoftAssertions();
      all.assertThat(jvm.out()).contains("failed " + fixture.dialect.unknownTable());
      checkRefusals(all, jvm, received.spans());
      checkPages(all, fixture, common, pages, received.traces());
      checkRoots(all, fixture, common, received.traces());
      all.assertThat(counted(received)).isEqualTo(made(received));
      all.assertAll();
    }
  }

  private static ForkedJvm start(JdbcFixture fixture, String url, OtlpReceiver receiver) {
    Jvm jvm = Jvm.version(fixture.version).agent().exportingTo(receiver);
    if (fixture == JdbcFixture.HSQLDB_1_8) {
      // Class files of another age get the same verifier as everybody's.
      jvm.flag("-Xverify:all");
    }
    if (fixture.transactions()) {
      jvm.property("otel.instrumentation.jdbc.experimental.transaction.enabled", "true");
    }
    jvm.property("contract.source.setter", "setUrl=" + url);
    fixture.dialect.properties.forEach((name, value) -> jvm.property("contract." + name, value));
    return jvm.property("derby.stream.error.file", folder.resolve("derby.log").toString())
        .start(
            fixture.program,
            url,
            fixture.dialect.user,
            "",
            fixture.way.name().toLowerCase(Locale.ROOT));
  }

  /** What the application saw, in the order in which it saw it, is what the spans say. */
  private static void checkRefusals(SoftAssertions all, ForkedJvm jvm, List<ReceivedSpan> spans) {
    List<String> seen = new ArrayList<>(jvm.out());
    seen.removeIf(line -> !line.startsWith("failed "));
    seen.replaceAll(line -> line.substring("failed ".length()));
    List<ReceivedSpan> failed = new ArrayList<>(spans);
    failed.removeIf(span -> !span.kind().equals("CLIENT") || !span.status().equals("ERROR"));
    failed.sort(Comparator.comparingLong(ReceivedSpan::startNanos));
    all.assertThat(failed).extracting(span -> span.attribute("error.type")).isEqualTo(seen);
    for (ReceivedSpan span : failed) {
      String type = span.attribute("error.type");
      all.assertThat(span.attribute("db.response.status_code"))
          .isEqualTo(type.contains(".") ? null : type);
    }
  }

  private static void checkPages(
      SoftAssertions all,
      JdbcFixture fixture,
      Map<String, Object> common,
      Map<JdbcSituation, String> pages,
      List<TraceTree> traces) {
    pages.forEach(
        (situation, traceId) -> {
          List<TraceTree> found =
              traces.stream().filter(t -> t.span().traceId().equals(traceId)).toList();
          assertThat(found).as(situation.page()).hasSize(1);
          TraceTree page = found.get(0);
          all.assertThat(page.span().parentId()).isEqualTo(PARENT);
          all.assertThat(page.span().name()).isEqualTo("GET /" + situation.page());
          checkCalls(all, situation.page(), page.children(), situation.calls(fixture), common);
        });
  }

  /** Without a page each call is a trace of its own; what filled the tables was the first. */
  private static void checkRoots(
      SoftAssertions all, JdbcFixture fixture, Map<String, Object> common, List<TraceTree> traces) {
    List<TraceTree> roots = traces.stream().filter(t -> t.span().kind().equals("CLIENT")).toList();
    all.assertThat(roots).allMatch(root -> root.span().parentId().isEmpty());
    all.assertThat(roots).extracting(root -> root.span().traceId()).doesNotHaveDuplicates();
    String setup = fixture.dialect.properties.get("setup");
    int filled =
        4
            + fixture.dialect.connecting().size()
            + fixture.askedByPool()
            + (setup == null ? 0 : setup.split(";").length);
    assertThat(roots).hasSizeGreaterThan(filled);
    Iterator<TraceTree> rest = roots.subList(filled, roots.size()).iterator();
    for (JdbcSituation situation : fixture.situations()) {
      List<DbCall> calls = situation.calls(fixture);
      List<TraceTree> made = new ArrayList<>();
      while (made.size() < calls.size() && rest.hasNext()) {
        made.add(rest.next());
      }
      checkCalls(all, situation.page() + " without a parent", made, calls, common);
    }
    all.assertThat(rest).isExhausted();
  }

  private static void checkCalls(
      SoftAssertions all,
      String what,
      List<TraceTree> made,
      List<DbCall> calls,
      Map<String, Object> common) {
    all.assertThat(made)
        .as(what)
        .extracting(TraceTree::shape)
        .containsExactlyElementsOf(
            calls.stream().map(call -> "CLIENT " + call.name() + "\n").toList());
    for (int i = 0; i < Math.min(made.size(), calls.size()); i++) {
      ReceivedSpan span = made.get(i).span();
      Map<String, Object> expected = new TreeMap<>(common);
      expected.putAll(calls.get(i).attributes());
      Map<String, Object> told = new TreeMap<>(span.attributes());
      told.keySet().removeAll(Set.of("error.type", "db.response.status_code"));
      if (calls.get(i) == DbCall.PARAMETERS) {
        all.assertThat(told.remove("db.query.text")).asString().startsWith("SELECT ");
      }
      all.assertThat(told).as(what).isEqualTo(expected);
      all.assertThat(span.status()).as(what).isEqualTo(calls.get(i).failed() ? "ERROR" : "UNSET");
      all.assertThat(span.attributes() + " " + span.events()).doesNotContain("gold4711");
    }
  }

  /** How often each series was counted. */
  private static Map<Map<String, Object>, Long> counted(Received received) {
    Map<Map<String, Object>, Long> counted = new LinkedHashMap<>();
    received.metric(DURATION).points().forEach(p -> counted.put(p.attributes(), p.count()));
    return counted;
  }

  /** How many spans there are for each series. */
  private static Map<Map<String, Object>, Long> made(Received received) {
    Set<String> names = new HashSet<>();
    received.metric(DURATION).points().stream()
        .map(point -> point.attributes().keySet())
        .forEach((Collection<String> each) -> names.addAll(each));
    Map<Map<String, Object>, Long> made = new LinkedHashMap<>();
    for (ReceivedSpan span : received.spans()) {
      if (span.kind().equals("CLIENT")) {
        Map<String, Object> series = new TreeMap<>(span.attributes());
        series.keySet().retainAll(names);
        made.merge(series, 1L, Long::sum);
      }
    }
    return made;
  }
}
