/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statements through a pool are client spans, each counted once. */
class JdbcTest {
  @ParameterizedTest
  @EnumSource(names = {"JDK_SHOP", "JDK_SHOP_NEWEST"})
  void h2ThroughHikari_isOneSpanForEachStatement(Program program) {
    List<TraceTree> traces = traces(Jvm.running(), program);
    assertThat(traces).hasSize(6);
    assertThat(traces.get(0).shape()).isEqualTo("SERVER GET /count\n  CLIENT select orders\n");
    assertThat(traces.get(0).find("CLIENT", "select orders").attributes())
        .containsEntry("db.system.name", "h2database")
        .containsEntry("db.namespace", "shop")
        .containsEntry("db.query.summary", "select orders")
        .containsEntry(
            "db.query.text", "select count(*) from orders where item <> ? and amount < ?");
    assertThat(traces.get(1).find("CLIENT", "SELECT orders").attributes())
        .containsEntry("db.query.text", "SELECT item FROM orders WHERE id = ?");
    assertThat(traces.get(2).shape())
        .isEqualTo("SERVER GET /restock\n  CLIENT BATCH UPDATE orders\n");
    assertThat(traces.get(2).find("CLIENT", "BATCH UPDATE orders").attributes())
        .containsEntry("db.operation.batch.size", 3L);
    assertThat(traces.get(3).find("CLIENT", "call abs").attributes())
        .containsEntry("db.stored_procedure.name", "abs");
    assertThat(traces.get(4).shape()).isEqualTo("SERVER GET /undo\n  CLIENT BATCH\n");
    ReceivedSpan broken = traces.get(5).find("CLIENT", "select nowhere");
    assertThat(broken.status()).isEqualTo("ERROR");
    assertThat(broken.attribute("error.type")).isEqualTo("42102");
  }

  @Test
  void postgresqlThroughHikari_isOneSpanForEachStatement() throws IOException {
    try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
      Jvm jvm =
          Jvm.running().property("shop.jdbc.url", database.getJdbcUrl("postgres", "postgres"));
      List<TraceTree> traces = traces(jvm, Program.JDK_SHOP_POSTGRESQL);
      assertThat(traces).hasSize(6);
      assertThat(traces.get(0).shape()).isEqualTo("SERVER GET /count\n  CLIENT select orders\n");
      assertThat(traces.get(0).find("CLIENT", "select orders").attributes())
          .containsEntry("db.system.name", "postgresql")
          .containsEntry("db.namespace", "postgres|postgres")
          .containsEntry("server.address", "localhost")
          .containsEntry("server.port", (long) database.getPort());
      assertThat(traces.get(1).shape()).isEqualTo("SERVER GET /item\n  CLIENT SELECT orders\n");
      assertThat(traces.get(2).shape())
          .isEqualTo("SERVER GET /restock\n  CLIENT BATCH UPDATE orders\n");
      assertThat(traces.get(4).shape()).isEqualTo("SERVER GET /undo\n  CLIENT BATCH\n");
      ReceivedSpan broken = traces.get(5).find("CLIENT", "select nowhere");
      assertThat(broken.attribute("error.type")).isEqualTo("42P01");
    }
  }

  private static List<TraceTree> traces(Jvm jvm, Program program) {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm forked = jvm.agent().exportingTo(receiver).start(program)) {
      Visitor visitor = new Visitor(forked.awaitPort());
      for (String page :
          new String[] {"/count", "/item", "/restock", "/call", "/undo", "/broken"}) {
        visitor.get(page);
      }
      assertThat(forked.finish()).isZero();
      assertThat(forked.noise()).isEmpty();
      return receiver.received().traces().stream()
          .filter(tree -> tree.span().kind().equals("SERVER"))
          .toList();
    }
  }
}
