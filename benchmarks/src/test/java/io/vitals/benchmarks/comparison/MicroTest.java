/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every part of the road is measured, beside its floor, with as many threads as are asked for. */
class MicroTest {
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
