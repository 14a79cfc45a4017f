/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What the agent says in its own metrics that it could not export. */
final class Losses {
  private static final String NAME = "vitals.agent.export.failures";

  private Losses() {}

  /** The newest count of a reason, or of all if null, in spans or data points; 0 for none. */
  static long of(Received received, String signal, String reason) {
    ReceivedMetric failures = received.metric(NAME);
    List<ReceivedMetric.Point> points = failures == null ? List.of() : failures.points();
    return points.stream()
        .filter(point -> signal.equals(point.attribute("signal")))
        .filter(point -> reason == null || reason.equals(point.attribute("reason")))
        .mapToLong(point -> (long) point.value())
        .sum();
  }

  /** The newest count of what was exported, without what was lost. */
  static long exported(Received received, String items) {
    return total(received, "otel.sdk.exporter." + items + ".exported", "error.type", null);
  }

  /** How many spans ended whose trace was sampled. */
  static long spans(Received received) {
    return total(
        received, "otel.sdk.span.started", "otel.span.sampling_result", "RECORD_AND_SAMPLE");
  }

  private static long total(Received received, String name, String attribute, String value) {
    ReceivedMetric metric = received.metric(name);
    List<ReceivedMetric.Point> points = metric == null ? List.of() : metric.points();
    return points.stream()
        .filter(point -> Objects.equals(value, point.attribute(attribute)))
        .mapToLong(point -> (long) point.value())
        .sum();
  }

  /**
   * Waits until every span there was, so many of them at least, is counted as lost for that reason,
   * or for any if null.
   */
  static void awaitAllSpans(Received received, String reason, long least) {
    try {
      received.awaitMetric(
          NAME,
          metric -> spans(received) >= least && of(received, "traces", reason) == spans(received),
          Duration.ofSeconds(60));
    } catch (AssertionError late) {
      throw new AssertionError(
          reason + ": of " + spans(received) + " spans " + received.metric(NAME), late);
    }
  }
}
