/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

import io.vitals.exporter.aggregate.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The metrics that expressions may read; immutable, and extensions make one with theirs. */
public final class Catalogue {
  private static final String HTTP = "http.request.method http.response.status_code error.type ";
  private static final String PROTOCOL = "network.protocol.version otel.metric.overflow ";
  private static final String POOL = "db.client.connection.pool.name";
  private static final String DISK = "system.filesystem.mountpoint";
  private static final Catalogue BUILT_IN = new Catalogue(builtIns());

  private final Map<String, KnownMetric> metrics;

  private Catalogue(Map<String, KnownMetric> metrics) {
    this.metrics = metrics;
  }

  /** What the agent itself measures. */
  public static Catalogue builtIn() {
    return BUILT_IN;
  }

  /**
   * This and one more metric.
   *
   * @param ucum its unit, such as {@code s}, {@code By}, {@code {connection}} or {@code 1}
   * @param labels the names of its attributes, or null if they are not known
   */
  public Catalogue with(String name, MetricKind kind, String ucum, Collection<String> labels) {
    if (kind == MetricKind.SPANS) {
      throw new IllegalArgumentException("only the agent itself measures durations of calls");
    }
    Map<String, KnownMetric> more = new LinkedHashMap<>(metrics);
    List<String> names =
        labels == null ? null : Collections.unmodifiableList(new ArrayList<>(labels));
    more.put(name, KnownMetric.ofUcum(name, kind, ucum, names));
    return new Catalogue(more);
  }

  /** The names of all metrics. */
  public Collection<String> names() {
    return Collections.unmodifiableCollection(metrics.keySet());
  }

  /** The metric of this name or short name, or null. */
  KnownMetric find(String name) {
    return metrics.get(name);
  }

  private static Map<String, KnownMetric> builtIns() {
    Map<String, KnownMetric> all = new LinkedHashMap<>();
    spans(all, "http.server", Metric.HTTP_SERVER, HTTP + PROTOCOL + "http.route url.scheme");
    spans(all, "http.client", Metric.HTTP_CLIENT, HTTP + PROTOCOL + "server.address server.port");
    spans(
        all,
        "db.client",
        Metric.DB_CLIENT,
        "error.type otel.metric.overflow db.system.name db.namespace db.query.summary"
            + " db.operation.name db.collection.name server.address server.port");
    jvm(all);
    pools(all);
    own(all);
    return all;
  }

  private static void jvm(Map<String, KnownMetric> all) {
    for (String memory : new String[] {"used", "committed", "limit", "used_after_last_gc"}) {
      level(all, "jvm.memory." + memory, "By", "jvm.memory.pool.name jvm.memory.type");
    }
    add(
        all,
        "jvm.gc.duration",
        MetricKind.HISTOGRAM,
        "s",
        "jvm.gc.name jvm.gc.action jvm.gc.cause");
    level(all, "jvm.thread.count", "{thread}", "jvm.thread.daemon jvm.thread.state");
    counter(all, "jvm.class.loaded", "{class}", "");
    counter(all, "jvm.class.unloaded", "{class}", "");
    level(all, "jvm.class.count", "{class}", "");
    counter(all, "jvm.cpu.time", "s", "");
    level(all, "jvm.cpu.count", "{cpu}", "");
    add(all, "jvm.cpu.recent_utilization", MetricKind.GAUGE, "1", "");
    level(all, "jvm.file_descriptor.count", "{file_descriptor}", "");
    level(all, "jvm.file_descriptor.limit", "{file_descriptor}", "");
    level(all, "vitals.thread.deadlocked", "{thread}", "");
    add(all, "system.filesystem.utilization", MetricKind.GAUGE, "1", DISK);
    level(
        all,
        "http.server.active_requests",
        "{request}",
        "http.request.method url.scheme server.address server.port");
  }

  private static void pools(Map<String, KnownMetric> all) {
    level(all, "db.client.connection.count", "{connection}", POOL + " db.client.connection.state");
    level(all, "db.client.connection.pending_requests", "{request}", POOL);
    counter(all, "db.client.connection.timeouts", "{timeout}", POOL);
    for (String size : new String[] {"max", "idle.min", "idle.max"}) {
      level(all, "db.client.connection." + size, "{connection}", POOL);
    }
    for (Metric time : new Metric[] {Metric.POOL_CREATE, Metric.POOL_WAIT, Metric.POOL_USE}) {
      spans(all, time.metricName(), time, POOL + " otel.metric.overflow");
    }
  }

  private static void own(Map<String, KnownMetric> all) {
    counter(all, "otel.sdk.span.started", "{span}", "otel.span.sampling_result");
    counter(all, "otel.sdk.exporter.span.exported", "{span}", "error.type");
    level(all, "otel.sdk.exporter.span.inflight", "{span}", "");
    counter(all, "otel.sdk.exporter.metric_data_point.exported", "{data_point}", "error.type");
    level(all, "otel.sdk.exporter.metric_data_point.inflight", "{data_point}", "");
    counter(all, "otel.sdk.exporter.log.exported", "{log_record}", "error.type");
    counter(all, "vitals.agent.spans.kept", "{span}", "");
    counter(all, "vitals.agent.traces.rescued", "{trace}", "");
    counter(all, "vitals.agent.dropped", "{item}", "reason");
    level(all, "vitals.agent.queue.depth", "{item}", "queue");
    counter(all, "vitals.agent.export.failures", "{item}", "signal reason");
    counter(all, "vitals.agent.hook.failures", "{failure}", "hook");
    counter(all, "vitals.agent.extension.failures", "{failure}", "extension reason");
    counter(all, "vitals.agent.cpu.time", "s", "");
    counter(all, "vitals.agent.allocated", "By", "");
    counter(all, "vitals.agent.classes.transformed", "{class}", "");
    counter(all, "vitals.agent.transform.time", "s", "");
    counter(all, "vitals.agent.hooks.applied", "{class}", "hook");
    counter(all, "vitals.agent.hooks.refused", "{class}", "reason");
  }

  private static void spans(
      Map<String, KnownMetric> to, String shortName, Metric metric, String labels) {
    KnownMetric known =
        new KnownMetric(
            metric.metricName(), MetricKind.SPANS, Unit.DURATION, 1, split(labels), metric);
    to.put(shortName, known);
    to.put(metric.metricName(), known);
  }

  private static void level(Map<String, KnownMetric> to, String name, String ucum, String labels) {
    add(to, name, MetricKind.LEVEL, ucum, labels);
  }

  private static void counter(
      Map<String, KnownMetric> to, String name, String ucum, String labels) {
    add(to, name, MetricKind.COUNTER, ucum, labels);
  }

  private static void add(
      Map<String, KnownMetric> to, String name, MetricKind kind, String ucum, String labels) {
    to.put(name, KnownMetric.ofUcum(name, kind, ucum, split(labels)));
  }

  private static List<String> split(String labels) {
    return labels.isEmpty()
        ? Collections.<String>emptyList()
        : Collections.unmodifiableList(Arrays.asList(labels.split(" ")));
  }
}
