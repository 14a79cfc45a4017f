/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Active checks that ask a connection of a pool of the application whether it is alive. */
@Tag("databases")
class PoolCheckTest {
  private static final String SCORE = "vitals.health.score";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The pages of the shop, and what the pool is called. */
  private static final List<String> POOLS =
      List.of("hikari", "tomcat-jdbc", "tomcat-dbcp", "dbcp2", "c3p0", "druid", "agroal", "vibur");

  @TempDir Path folder;

  @Test
  void everyPool_isAskedWithoutASpan_andOneWithoutAFreeConnectionFails() throws IOException {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.version(17)
                .agent()
                .exportingTo(receiver)
                .property("vitals.alerts.file", rules().toString())
                .property("com.mchange.v2.log.MLog", "jul")
                .start(Program.POOL_SHOP)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      for (String pool : POOLS) {
        assertThat(visitor.get("/hold/" + pool)).as(pool).isEqualTo(200);
        assertThat(visitor.get("/release/" + pool)).as(pool).isEqualTo(200);
      }
      for (String pool : POOLS) {
        awaitScore(receiver, pool, true);
      }
      awaitScore(receiver, "nobody", false);
      assertThat(visitor.get("/hold/hikari")).isEqualTo(200);
      assertThat(visitor.get("/hold/hikari")).isEqualTo(200);
      awaitScore(receiver, "hikari", false);
      assertThat(visitor.get("/release/hikari")).isEqualTo(200);
      awaitScore(receiver, "hikari", true);
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.noise()).isEmpty();
      assertThat(receiver.received().metric("vitals.agent.hook.failures")).isNull();
      assertThat(receiver.received().traces())
          .as("what no request began, and the program did not do at its start")
          .extracting(TraceTree::span)
          .filteredOn(span -> !span.kind().equals("SERVER"))
          .extracting(ReceivedSpan::name)
          .isSubsetOf("create table orders");
    }
  }

  private Path rules() throws IOException {
    StringBuilder text = new StringBuilder("groups: [{name: g, interval: 1s, rules: []}]\n");
    text.append("health:\n  interval: 1s\n  checks:\n");
    for (String pool : POOLS) {
      // It has no name, so it has that of its database.
      check(text, pool, pool.equals("agroal") ? "pools" : pool);
    }
    check(text, "nobody", "nobody");
    return Files.writeString(folder.resolve("alerts.yml"), text);
  }

  private static void check(StringBuilder text, String name, String pool) {
    text.append("    - {type: jdbc, interval: 1s, retries: 0, name: ")
        .append(name)
        .append(", pool: ")
        .append(pool)
        .append("}\n");
  }

  private static void awaitScore(OtlpReceiver receiver, String check, boolean alive) {
    try {
      receiver.received().awaitMetric(SCORE, metric -> has(metric, check, alive), PATIENCE);
    } catch (AssertionError late) {
      ReceivedMetric scores = receiver.received().metric(SCORE);
      throw new AssertionError(check + ", alive=" + alive + ": " + scores.points(), late);
    }
  }

  private static boolean has(ReceivedMetric scores, String check, boolean alive) {
    return scores.points().stream()
        .anyMatch(
            point ->
                ("check " + check).equals(point.attribute("vitals.health.component"))
                    && (alive ? point.value() > 70 : point.value() == 0));
  }
}
