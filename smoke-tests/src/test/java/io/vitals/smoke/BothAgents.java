/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Runs the same under the reference and under this agent, and compares what was sent. */
final class BothAgents {
  /** One run under one of them. */
  interface Run {
    /**
     * Starts it, uses it, and ends it.
     *
     * @param side "reference" or "ours", for files of its own
     */
    Recording of(Jvm jvm, Predicate<ReceivedSpan> ignored, String side) throws Exception;
  }

  private final Comparison comparison;

  BothAgents(Comparison comparison) {
    this.comparison = comparison;
  }

  /** Both at the same time, on the JDK of that version: for what shares nothing. */
  void atOnce(String name, int version, Run run) throws Exception {
    CompletableFuture<Recording> reference =
        CompletableFuture.supplyAsync(() -> reference(version, run));
    Recording ours = ours(version, run);
    comparison.compare(name, reference.join(), ours);
  }

  /** One after the other, for what shares a peer or a database. */
  void inTurn(String name, Run run) throws Exception {
    Recording reference = reference(Jdk.running().version(), run);
    comparison.compare(name, reference, ours(Jdk.running().version(), run));
  }

  private static Recording reference(int version, Run run) {
    Jvm jvm =
        Jvm.version(version)
            .javaAgent(Program.jars("reference").get(0).toString())
            .property("otel.semconv-stability.opt-in", "database")
            .property("otel.logs.exporter", "none");
    return record(jvm, IntendedDifference::isReferenceOnly, "reference", run);
  }

  /** Without alerts, whose metrics come only of a program that lives for ten seconds. */
  private static Recording ours(int version, Run run) {
    Jvm jvm = Jvm.version(version).agent().property("vitals.alerts.enabled", "false");
    return record(jvm, span -> false, "ours", run);
  }

  private static Recording record(Jvm jvm, Predicate<ReceivedSpan> ignored, String side, Run run) {
    try {
      return run.of(jvm, ignored, side);
    } catch (Exception e) {
      throw new IllegalStateException(side, e);
    }
  }
}
