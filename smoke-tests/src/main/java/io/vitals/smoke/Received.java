/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Everything that arrived at a receiver; waits for more of it. Thread-safe. */
final class Received {
  /**
   * One export request.
   *
   * @param what {@code traces}, {@code metrics} or {@code logs}
   * @param headers names in lower case
   * @param compressedBytes size of the body as sent; 0 if the transport hides it
   */
  record Request(String what, Map<String, String> headers, int compressedBytes) {}

  private final List<Request> requests = new ArrayList<>();
  private final List<ReceivedSpan> spans = new ArrayList<>();
  private final List<ReceivedMetric> metrics = new ArrayList<>();
  private final List<ReceivedLog> logs = new ArrayList<>();

  synchronized void request(Request request) {
    requests.add(request);
    notifyAll();
  }

  synchronized void addSpans(List<ResourceSpans> parts) {
    spans.addAll(ReceivedSpan.of(parts));
    notifyAll();
  }

  synchronized void addMetrics(List<ResourceMetrics> parts) {
    metrics.addAll(ReceivedMetric.of(parts));
    notifyAll();
  }

  synchronized void addLogs(List<ResourceLogs> parts) {
    logs.addAll(ReceivedLog.of(parts));
    notifyAll();
  }

  synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  synchronized List<ReceivedSpan> spans() {
    return List.copyOf(spans);
  }

  synchronized List<ReceivedMetric> metrics() {
    return List.copyOf(metrics);
  }

  synchronized List<ReceivedLog> logs() {
    return List.copyOf(logs);
  }

  /** What arrived as trees. */
  List<TraceTree> traces() {
    return TraceTree.of(spans());
  }

  /** The newest export of the metric, or null. */
  ReceivedMetric metric(String name) {
    ReceivedMetric newest = null;
    for (ReceivedMetric metric : metrics()) {
      newest = metric.name().equals(name) ? metric : newest;
    }
    return newest;
  }

  /** Waits until the spans fulfil the condition and returns them; fails with what arrived. */
  List<ReceivedSpan> awaitSpans(Predicate<List<ReceivedSpan>> condition, Duration timeout) {
    return await(this::spans, condition, timeout, () -> shapes(traces()));
  }

  /** Waits until the traces fulfil the condition and returns them; fails with what arrived. */
  List<TraceTree> awaitTraces(Predicate<List<TraceTree>> condition, Duration timeout) {
    return await(this::traces, condition, timeout, () -> shapes(traces()));
  }

  /** Waits until a trace fulfils the condition; null if none does in time. */
  TraceTree findTrace(Predicate<TraceTree> condition, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      synchronized (this) {
        TraceTree found = traces().stream().filter(condition).findFirst().orElse(null);
        if (found != null || !waitUntil(deadline)) {
          return found;
        }
      }
    }
  }

  /** Waits for a metric that fulfils the condition and returns it; fails with what arrived. */
  ReceivedMetric awaitMetric(String name, Predicate<ReceivedMetric> condition, Duration timeout) {
    return await(
        () -> metric(name),
        metric -> metric != null && condition.test(metric),
        timeout,
        () -> metrics().stream().map(ReceivedMetric::name).distinct().sorted().toList().toString());
  }

  /** Waits until the log records fulfil the condition and returns them; fails with what arrived. */
  List<ReceivedLog> awaitLogs(Predicate<List<ReceivedLog>> condition, Duration timeout) {
    return await(this::logs, condition, timeout, () -> logs().toString());
  }

  /** Waits until the requests fulfil the condition and returns them; fails with what arrived. */
  List<Request> awaitRequests(Predicate<List<Request>> condition, Duration timeout) {
    return await(this::requests, condition, timeout, () -> requests().toString());
  }

  private synchronized <T> T await(
      Supplier<T> state, Predicate<T> condition, Duration timeout, Supplier<String> picture) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      T now = state.get();
      if (condition.test(now)) {
        return now;
      }
      if (!waitUntil(deadline)) {
        throw new AssertionError("not within " + timeout + "; arrived:\n" + picture.get());
      }
    }
  }

  /** Waits for more to arrive; false once the deadline has passed. */
  private synchronized boolean waitUntil(long deadline) {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      return false;
    }
    try {
      wait(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return true;
  }

  private static String shapes(List<TraceTree> traces) {
    StringBuilder shapes = new StringBuilder();
    traces.forEach(trace -> shapes.append(trace.shape()));
    return shapes.toString();
  }
}
