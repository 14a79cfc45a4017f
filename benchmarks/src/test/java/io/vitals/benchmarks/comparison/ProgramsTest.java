/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import static io.vitals.benchmarks.comparison.Measure.ARRIVED;
import static io.vitals.benchmarks.comparison.Measure.BYTES;
import static io.vitals.benchmarks.comparison.Measure.CPU;
import static io.vitals.benchmarks.comparison.Measure.CPU_CLOSED;
import static io.vitals.benchmarks.comparison.Measure.HELLO;
import static io.vitals.benchmarks.comparison.Measure.HELLO_CLASSES;
import static io.vitals.benchmarks.comparison.Measure.HELLO_CPU;
import static io.vitals.benchmarks.comparison.Measure.MEAN;
import static io.vitals.benchmarks.comparison.Measure.P50;
import static io.vitals.benchmarks.comparison.Measure.P99;
import static io.vitals.benchmarks.comparison.Measure.P999;
import static io.vitals.benchmarks.comparison.Measure.PROCESS_BYTES;
import static io.vitals.benchmarks.comparison.Measure.PROCESS_CPU;
import static io.vitals.benchmarks.comparison.Measure.RECORDS;
import static io.vitals.benchmarks.comparison.Measure.RESIDENT;
import static io.vitals.benchmarks.comparison.Measure.SHARED;
import static io.vitals.benchmarks.comparison.Measure.SHOP;
import static io.vitals.benchmarks.comparison.Measure.SHOP_CLASSES;
import static io.vitals.benchmarks.comparison.Measure.SHOP_CPU;
import static io.vitals.benchmarks.comparison.Measure.SPANS;
import static io.vitals.benchmarks.comparison.Measure.THREADS;
import static io.vitals.benchmarks.comparison.Measure.THREAD_BYTES;
import static io.vitals.benchmarks.comparison.Measure.THREAD_CPU;
import static io.vitals.benchmarks.comparison.Measure.THROUGHPUT;
import static io.vitals.benchmarks.comparison.Measure.TIME_MEAN;
import static io.vitals.benchmarks.comparison.Measure.TIME_P50;
import static io.vitals.benchmarks.comparison.Measure.TIME_P99;
import static org.assertj.core.api.Assertions.assertThat;

import io.vitals.benchmarks.peer.Peer;
import io.vitals.benchmarks.peer.Peers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each figure of the comparison is measured of real programs under the packaged agent, and an agent
 * that did nothing has none.
 */
class ProgramsTest {
  private static final Plan SHORT =
      Plan.parse(
          List.of(
              "quick",
              "turns=1",
              "iterations=1",
              "settled=1",
              "warmUp=400",
              "constant=1",
              "closed=1",
              "rate=200"));

  private final Topic topic = new Topic("a test");
  @TempDir Path folder;

  @Test
  void aShopUnderLoad_hasEveryFigure() throws Exception {
    try (Scene scene = Scene.open(folder);
        Requests requests = new Requests(scene, Jdk.running(), SHORT, topic)) {
      requests.round(List.of(vitals()));
    }
    assertThatThereAre(
        CPU,
        BYTES,
        MEAN,
        P50,
        P99,
        P999,
        THROUGHPUT,
        CPU_CLOSED,
        RESIDENT,
        THREADS,
        ARRIVED,
        SPANS);
    assertThat(value(P50)).isLessThanOrEqualTo(value(P99));
    assertThat(value(P99)).isLessThanOrEqualTo(value(P999));
    assertThat(value(ARRIVED)).isEqualTo(100);
    // And two of the shop's start.
    assertThat(value(SPANS)).isBetween(4.0, 4.01);
  }

  @Test
  void aStart_hasEveryFigure() throws Exception {
    try (Scene scene = Scene.open(folder)) {
      StartUp startUp = new StartUp(scene, Jdk.running(), topic, folder);
      Rounds.run(topic, List.of(vitals()), 1, startUp::run);
      Rounds.run(topic, List.of(vitals()), 1, startUp::classes);
    }
    assertThatThereAre(
        SPANS, HELLO, HELLO_CPU, HELLO_CLASSES, SHOP, SHOP_CPU, SHOP_CLASSES, SHARED);
  }

  @Test
  void aStartWhoseAgentTellsNothing_fails() throws Exception {
    try (Scene scene = Scene.open(folder)) {
      StartUp startUp = new StartUp(scene, Jdk.running(), topic, folder);
      Rounds.run(topic, List.of(silent()), 1, startUp::run);
    }
    assertThat(topic.failures().get("silent")).startsWith("0 traces of the first request");
    assertThat(topic.peers()).isEmpty();
  }

  @Test
  void aRequestInMemory_hasEveryFigure() throws Exception {
    inMemory(Work.REQUEST, vitals());
    assertThatThereAre(
        TIME_MEAN, TIME_P50, TIME_P99, THREAD_CPU, THREAD_BYTES, PROCESS_CPU, PROCESS_BYTES);
  }

  @Test
  void tenMethods_haveEveryFigure() throws Exception {
    inMemory(Work.METHODS, vitals());
    assertThatThereAre(
        TIME_MEAN,
        TIME_P50,
        TIME_P99,
        THREAD_CPU,
        THREAD_BYTES,
        PROCESS_CPU,
        PROCESS_BYTES,
        RECORDS);
    assertThat(value(RECORDS)).isEqualTo(100);
  }

  @Test
  void aRequestInMemoryWhoseAgentPassesNothingOn_fails() {
    inMemory(Work.REQUEST, silent());
    assertThat(topic.failures().get("silent")).contains("expected \"traceparent\" in");
    assertThat(topic.peers()).isEmpty();
  }

  @Test
  void methodsWhoseAgentTellsNothing_fail() {
    inMemory(Work.METHODS, silent());
    assertThat(topic.failures().get("silent")).startsWith("0 spans arrived where");
    assertThat(topic.peers()).isEmpty();
  }

  private void inMemory(Work work, Peer peer) {
    InMemory inMemory = new InMemory(work, Jdk.running(), SHORT, topic);
    Rounds.run(topic, work.of(List.of(peer)), 1, inMemory::run);
  }

  /** As its file says, with the jar that the build has made. */
  private static Peer vitals() throws IOException {
    Peer peer = Peers.named(Peers.read(Path.of("peers")), List.of(Peer.VITALS)).get(0);
    String jar = System.getProperty("vitals.agent.jar");
    List<String> lines = peer.lines().stream().map(line -> line.replace("${jar}", jar)).toList();
    return new Peer(peer.name(), peer.traces(), lines, peer.methods());
  }

  /** One of which every trace is to arrive, and none does. */
  private static Peer silent() {
    return new Peer("silent", 1, List.of(), List.of());
  }

  private void assertThatThereAre(Measure... measures) {
    assertThat(topic.failures()).isEmpty();
    assertThat(topic.measures()).containsExactlyInAnyOrder(measures);
    for (Measure measure : measures) {
      assertThat(value(measure)).as(measure.title()).isPositive();
    }
  }

  private double value(Measure measure) {
    return topic.series(measure, Peer.VITALS).median();
  }
}
