/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import io.vitals.benchmarks.inmemory.MethodsBenchmark;
import io.vitals.benchmarks.inmemory.RequestBenchmark;
import io.vitals.benchmarks.peer.Arrivals;
import org.openjdk.jmh.results.BenchmarkResultMetaData;

/** What is measured in memory, and what of it an agent has to send. */
enum Work {
  /** A request; its warm-up goes faster than any exporter, so only what is measured counts. */
  REQUEST(RequestBenchmark.class, "traces", 6) {
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
  METHODS(MethodsBenchmark.class, "spans", 10) {
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

  private final Class<?> benchmark;
  private final String counted;

  /**
   * Until what an agent does once, some seconds after the start, is done: the cost of no request.
   */
  private final int leastWarmUp;

  Work(Class<?> benchmark, String counted, int leastWarmUp) {
    this.benchmark = benchmark;
    this.counted = counted;
    this.leastWarmUp = leastWarmUp;
  }

  Class<?> benchmark() {
    return benchmark;
  }

  /** What is counted, in the plural. */
  String counted() {
    return counted;
  }

  /** How many iterations of 2 s it warms up where so many are measured. */
  int warmUp(int iterations) {
    return Math.max(iterations, leastWarmUp);
  }

  /** How many of these an agent sends that keeps every trace. */
  abstract double sent(BenchmarkResultMetaData operations);

  /** How many of these have arrived. */
  abstract long arrived(Arrivals arrivals);
}
