/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Pages that execute the same statements, each through other wrappers and pools: all show the same
 * calls as the first, which uses none, and each statement counts once.
 */
final class AlikePages {
  /** What each page executes, by the names of the spans. */
  static final List<String> STATEMENTS =
      List.of(
          "select orders",
          "delete nowhere",
          "BATCH",
          "SELECT orders",
          "call abs",
          "BATCH UPDATE orders");

  private AlikePages() {}

  /** Checks what arrived of the pages, in the order in which they were asked for. */
  static void check(Received received, List<String> pages) {
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
