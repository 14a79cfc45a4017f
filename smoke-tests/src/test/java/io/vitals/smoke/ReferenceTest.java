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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same programs under this agent and under the OpenTelemetry agent send the same, but for the
 * {@link IntendedDifference}s.
 */
class ReferenceTest {
  private static final Set<IntendedDifference> SEEN = new HashSet<>();
  private static final List<Program> COMPARED = new ArrayList<>();

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
    List<String> differences = new ArrayList<>();
    differences.addAll(differences(Side.REFERENCE, reference, ours));
    differences.addAll(differences(Side.OURS, ours, reference));
    assertThat(differences).isEmpty();
    COMPARED.add(program);
  }

  @AfterAll
  static void intendedDifferences_allShow() {
    // Only where all programs were compared; a single one cannot show them all.
    if (COMPARED.size() == 6) {
      assertThat(SEEN).containsExactlyInAnyOrderElementsOf(IntendedDifference.ALL);
    }
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

  private static Recording reference(Program program, String jdbcUrl) throws IOException {
    Jvm jvm =
        Jvm.running()
            .javaAgent(Program.jars("reference").get(0).toString())
            .property("shop.jdbc.url", jdbcUrl)
            .property("otel.semconv-stability.opt-in", "database")
            .property("otel.logs.exporter", "none");
    return record(jvm, program, "reference", IntendedDifference::isReferenceOnly);
  }

  private static Recording ours(Program program, String jdbcUrl) throws IOException {
    Jvm jvm = Jvm.running().agent().property("shop.jdbc.url", jdbcUrl);
    return record(jvm, program, "ours", span -> false);
  }

  /** Runs the program and leaves what was recorded beside the build's other output. */
  private static Recording record(
      Jvm jvm, Program program, String agent, Predicate<ReceivedSpan> ignored) throws IOException {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      jvm.exportingTo(receiver);
      Recording recording = Recording.of(jvm, receiver, program, pages(program), ignored);
      Path file = Program.HOME.resolve("recordings").resolve(program + "." + agent + ".txt");
      Files.createDirectories(file.getParent());
      Files.write(file, recording.facts());
      return recording;
    }
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
