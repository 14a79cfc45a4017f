/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

/**
 * What is measured, in which unit, and how little Vitals may add of what OpenTelemetry's adds.
 *
 * <p>Where more is held than the goal: of ten methods that do nothing the floor alone takes a fifth
 * of the thread's CPU and a ninth of the time; a server's start takes a thirteenth to an eighth, by
 * what else runs on the second processor; for the rest see the exporter's RATIONALE.
 */
enum Measure {
  TIME_MEAN("time, mean", "ns", Goal.NONE),
  TIME_P50("time, p50", "ns", Goal.atMost(10).held(5)),
  TIME_P99("time, p99", "ns", Goal.NONE),
  THREAD_CPU("CPU of its thread", "ns", Goal.atMost(10).held(3)),
  THREAD_BYTES("bytes of its thread", "B", Goal.atMost(12)),
  PROCESS_CPU("CPU of the process without compilers", "ns", Goal.atMost(8).held(3)),
  PROCESS_BYTES("bytes of the whole process", "B", Goal.atMost(12)),
  CPU("CPU a request without compilers, constant rate", "us", Goal.atMost(8).held(3)),
  BYTES("bytes allocated a request", "B", Goal.atMost(12)),
  MEAN("latency mean, constant rate", "us", Goal.NONE),
  P50("latency p50, constant rate", "us", Goal.NONE),
  P99("latency p99, constant rate", "us", Goal.NONE),
  P999("latency p99.9, constant rate", "us", Goal.NONE),
  THROUGHPUT("requests a second, closed loop", "/s", Goal.NONE),
  CPU_CLOSED("CPU a request without compilers, closed loop", "us", Goal.atMost(8).held(3)),
  RESIDENT("resident memory after a GC", "MiB", Goal.atMost(4).held(3)),
  THREADS("threads", "", Goal.NONE),
  ARRIVED("traces that arrived, of 100 sampled", "%", Goal.NONE),
  RECORDS("spans that arrived, of 100 sampled", "%", Goal.NONE),
  SPANS("spans that arrived a request", "", Goal.NONE),
  HELLO("hello-world: time to main", "ms", Goal.atMost(10)),
  HELLO_CPU("hello-world: CPU to main", "ms", Goal.atMost(10)),
  HELLO_CLASSES("hello-world: classes loaded at main", "", Goal.atMost(10).held(9)),
  SHOP("shop: time to the first answer", "ms", Goal.atMost(10)),
  SHOP_CPU("shop: CPU to the first answer", "ms", Goal.atMost(10)),
  SHOP_CLASSES("shop: classes loaded at the first answer", "", Goal.NONE),
  SHARED("shop: classes from the archive", "", Goal.AS_MANY);

  private final String title;
  private final String unit;
  private final Goal goal;

  Measure(String title, String unit, Goal goal) {
    this.title = title;
    this.unit = unit;
    this.goal = goal;
  }

  String title() {
    return unit.isEmpty() ? title : title + " [" + unit + "]";
  }

  Goal goal() {
    return goal;
  }

  /** Whether more of it is better. */
  boolean moreIsBetter() {
    return this == THROUGHPUT || this == SHARED || this == ARRIVED || this == RECORDS;
  }

  /** Whether it is a number of things, which is the same each time. */
  boolean isCounted() {
    return this == HELLO_CLASSES || this == SHOP_CLASSES || this == SHARED;
  }

  /** Whether it is about what the agent sends, which the baseline has none of. */
  boolean ofTheAgent() {
    return this == ARRIVED || this == RECORDS || this == SPANS;
  }
}
