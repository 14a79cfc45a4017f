/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A statement through a pool is one span and counts once, as if there were no pool. */
class PoolsTest {
  private static final List<String> POOLS =
      List.of("hikari", "tomcat-jdbc", "tomcat-dbcp", "dbcp2", "c3p0", "druid", "agroal", "vibur");

  private static final List<String> STATEMENTS =
      List.of(
          "select orders", "delete nowhere", "SELECT orders", "call abs", "BATCH UPDATE orders");

  @Test
  void statementThroughAnyPool_isWhatItIsWithoutOne() {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        ForkedJvm jvm =
            Jvm.version(17)
                .agent()
                .exportingTo(receiver)
                // With SLF4J and nothing behind it c3p0 says so.
                .property("com.mchange.v2.log.MLog", "jul")
                .start(Program.POOL_SHOP)) {
      Visitor visitor = new Visitor(jvm.awaitPort());
      List<String> pages = new ArrayList<>(List.of("none"));
      pages.addAll(POOLS);
      // The second time a pool gives the connection, and some the statements, that it kept.
      pages.addAll(POOLS);
      for (String page : pages) {
        assertThat(visitor.get("/" + page)).as(jvm::toString).isEqualTo(200);
      }
      assertThat(jvm.finish()).as(jvm::toString).isZero();
      assertThat(jvm.noise()).isEmpty();
      Received received = receiver.received();
      assertThat(received.metric("vitals.agent.hook.failures")).isNull();
      assertThat(received.metric("vitals.agent.hooks.refused")).isNull();

      List<TraceTree> requests =
          received.traces().stream().filter(t -> t.span().kind().equals("SERVER")).toList();
      assertThat(requests)
          .extracting(tree -> tree.span().name())
          .containsExactlyElementsOf(pages.stream().map(page -> "GET /" + page).toList());
      List<String> without = calls(requests.get(0));
      assertThat(requests.get(0).children())
          .extracting(call -> call.span().name())
          .containsExactlyElementsOf(STATEMENTS);
      for (TraceTree request : requests) {
        assertThat(calls(request)).as(request.span().name()).isEqualTo(without);
      }
      assertThat(counted(received)).isEqualTo(expected(pages.size()));
    }
  }

  /** All that a request's calls say of themselves. */
  private static List<String> calls(TraceTree request) {
    return request.children().stream()
        .map(
            call ->
                call.shape()
                    + call.span().attributes()
                    + call.span().status()
                    + call.span().statusMessage())
        .toList();
  }

  /** How often each statement was counted, whatever else its series say. */
  private static Map<String, Long> counted(Received received) {
    Map<String, Long> counted = new TreeMap<>();
    for (ReceivedMetric.Point point : received.metric("db.client.operation.duration").points()) {
      counted.merge(point.attribute("db.query.summary"), point.count(), Long::sum);
    }
    return counted;
  }

  private static Map<String, Long> expected(long pages) {
    Map<String, Long> expected = new TreeMap<>();
    STATEMENTS.forEach(statement -> expected.put(statement, pages));
    expected.put("create table orders", 1L);
    return expected;
  }
}
