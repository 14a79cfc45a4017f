/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import io.vitals.benchmarks.inmemory.MethodsBenchmark;
import io.vitals.benchmarks.inmemory.RequestBenchmark;
import io.vitals.benchmarks.peer.Arrivals;
import io.vitals.benchmarks.peer.Peer;
import java.util.List;
import org.openjdk.jmh.results.BenchmarkResultMetaData;

/** What is measured in memory, and what of it an agent has to send. */
enum Work {
  /** A request; its warm-up goes faster than any exporter, so only what is measured counts. */
  REQUEST("memory", "One request", RequestBenchmark.class, "traces", 0) {
    @Override
    List<Peer> of(List<Peer> peers) {
      return peers;
    }

    @Override
    double sent(BenchmarkResultMetaData operations) {
      return operations.getMeasurementOps();
    }

    @Override
    long arrived(Arrivals arrivals) {
      return arrivals.traces();
    }
  },

  /**
   * Ten nested methods; every one of them counts. With its rests it takes longer to be compiled.
   */
  METHODS("methods", "Ten nested methods", MethodsBenchmark.class, "spans", 8) {
    @Override
    List<Peer> of(List<Peer> peers) {
      return peers.stream().filter(Peer::takesMethods).map(Peer::ofMethods).toList();
    }

    @Override
    double sent(BenchmarkResultMetaData operations) {
      long all = operations.getWarmupOps() + operations.getMeasurementOps();
      return (double) all * MethodsBenchmark.DEPTH;
    }

    @Override
    long arrived(Arrivals arrivals) {
      return arrivals.spans();
    }
  };

  /** How long an iteration of the benchmarks takes. */
  private static final double ITERATION_SECONDS = 2;

  private final String part;
  private final String title;
  private final Class<?> benchmark;
  private final String counted;
  private final int longer;

  Work(String part, String title, Class<?> benchmark, String counted, int longer) {
    this.part = part;
    this.title = title;
    this.benchmark = benchmark;
    this.counted = counted;
    this.longer = longer;
  }

  /** Its name in a plan. */
  String part() {
    return part;
  }

  String title() {
    return title + " in memory";
  }

  /** Those of the peers that can do it, as they are told to. */
  abstract List<Peer> of(List<Peer> peers);

  Class<?> benchmark() {
    return benchmark;
  }

  /** What is counted, in the plural. */
  String counted() {
    return counted;
  }

  /** How many iterations it warms up. */
  int warmUp(Plan plan) {
    return Math.max(
        plan.iterations(), (int) Math.ceil((plan.settled() + longer) / ITERATION_SECONDS));
  }

  /** How many of these an agent sends that keeps every trace. */
  abstract double sent(BenchmarkResultMetaData operations);

  /** How many of these have arrived. */
  abstract long arrived(Arrivals arrivals);
}
