/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every part of the road is measured, beside its floor, with as many threads as are asked for. */
class MicroTest {
  @Test
  void table_hasTheBytesAndAColumnForEachNumberOfThreads_andMarksWhatScatters() {
    Map<String, Micro.Cost> one =
        Map.of("Probe.server", new Micro.Cost(Series.of(70, 71, 72), 160));
    Map<String, Micro.Cost> two =
        Map.of("Probe.server", new Micro.Cost(Series.of(80, 120, 200), 1));
    Map<String, Map<String, Micro.Cost>> columns = new LinkedHashMap<>();
    columns.put("1", one);
    columns.put("2 virtual", two);
    assertThat(Micro.table(columns))
        .isEqualTo(
            "| | B | 1 | 2 virtual |\n|---|--:|--:|--:|\n| Probe.server | 160 | 71 | 120 ? |\n");
  }

  @Test
  void everyPart_isMeasuredBesideItsFloor() throws Exception {
    Map<String, Micro.Cost> costs = new Micro(Jdk.running(), 0, 1).measure(2, false);
    assertThat(costs)
        .containsOnlyKeys(
            "Aggregator.makeAndDrain",
            "Aggregator.makeOnly",
            "Handoff.floor",
            "Handoff.floorOfBusy",
            "Handoff.offerAndDrain",
            "Handoff.offerToBusy",
            "Handoff.offerToFullAndHelp",
            "Latency.floor",
            "Latency.record",
            "Latency.recordAndRoll",
            "Latency.recordRaw",
            "Nested.floor,  1 deep",
            "Nested.floor,  4 deep",
            "Nested.floor, 16 deep",
            "Nested.spans,  1 deep",
            "Nested.spans,  4 deep",
            "Nested.spans, 16 deep",
            "Probe.clientWithTraceParent",
            "Probe.floor",
            "Probe.server",
            "Probe.serverWithEightStatements",
            "Probe.serverWithRemoteParent",
            "Probe.serverWithTask",
            "Probe.statementAlone",
            "Propagation.readB3",
            "Propagation.readTraceParent",
            "Propagation.writeB3",
            "Propagation.writeTraceParent",
            "RuleEvaluation.evaluation",
            "RuleEvaluation.interval",
            "RuleEvaluation.tick",
            "SeriesTable.hit",
            "SeriesTable.miss",
            "SeriesTable.overflow",
            "SpanEncoder.encoder",
            "Statements.remembered",
            "Statements.tenUnknown",
            "Statements.unknown");
    costs.forEach(
        (name, cost) -> {
          assertThat(cost.nanos().size()).as(name).isEqualTo(5);
          assertThat(cost.nanos().median()).as(name).isPositive();
        });
  }
}
