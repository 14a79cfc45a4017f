/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.bootstrap.Settings;
import io.vitals.exporter.aggregate.Aggregator;
import io.vitals.exporter.alert.AlertChannels;
import io.vitals.exporter.alert.AlertEvent;
import io.vitals.exporter.alert.AlertListener;
import io.vitals.exporter.alert.AlertMetrics;
import io.vitals.exporter.alert.AlertStatus;
import io.vitals.exporter.alert.AlertWorker;
import io.vitals.exporter.alert.Gauges;
import io.vitals.exporter.alert.IntervalListener;
import io.vitals.exporter.alert.OwnMetrics;
import io.vitals.exporter.config.Config;
import io.vitals.exporter.health.HealthMetrics;
import io.vitals.exporter.health.HealthModel;
import io.vitals.exporter.health.HealthSettings;
import io.vitals.exporter.history.History;
import io.vitals.exporter.history.HistoryFiles;
import io.vitals.exporter.metric.ConnectionPoolLevels;
import io.vitals.exporter.otlp.EventQueue;
import io.vitals.exporter.otlp.ExportForm;
import io.vitals.exporter.otlp.MetricSource;
import io.vitals.exporter.otlp.Pipeline;
import io.vitals.exporter.runtime.JvmMetrics;
import io.vitals.exporter.runtime.SystemMetrics;
import io.vitals.exporter.self.Counters;
import io.vitals.exporter.self.LossMetrics;
import io.vitals.exporter.time.SteadyClock;
import io.vitals.exporter.work.Worker;
import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlNode;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What watches the intervals from inside: alert rules, health, history; all on one thread. */
final class Watch {
  /** What tells a service from others, alike in all its instances. */
  private static final List<String> SERVICE =
      Arrays.asList("service.name", "service.namespace", "deployment.environment.name");

  private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);
  private static final int MEGABYTE = 1 << 20;

  private final Config config;
  private final Counters counters;
  private final InstrumentationScopeInfo scope;
  private final long startEpochNanos;
  private final Supplier<Resource> resource;
  private final AlertWorker alerts;
  private final HealthModel health;
  private final History history;
  private final Gauges gauges = new Gauges();

  /** Null where nobody tells people of alerts. */
  private final AlertChannels channels;

  /** Null where nobody brings any. */
  private final OwnMetrics own;

  Watch(
      Config config,
      Aggregator aggregator,
      EventQueue events,
      Counters counters,
      InstrumentationScopeInfo scope,
      SteadyClock clock,
      long startEpochNanos,
      Supplier<Resource> resource,
      AlertChannels channels,
      OwnMetrics own) {
    this.config = config;
    this.counters = counters;
    this.scope = scope;
    this.startEpochNanos = startEpochNanos;
    this.resource = resource;
    this.channels = channels;
    this.own = own;
    String file = config.string("vitals.alerts.file", null);
    this.alerts = new AlertWorker(aggregator, counters, file, this::readings, own, clock);
    this.health = new HealthModel(events::add, clock::aheadNanos);
    this.history = new History(historyFiles(), clock::aheadNanos);
    alerts.add((AlertListener) events::add);
    alerts.add((AlertListener) history);
    alerts.add((IntervalListener) history);
    alerts.add(health);
    alerts.add(
        (AlertWorker.TroubleListener)
            trouble -> {
              aggregator.inTrouble(trouble);
              Settings.current.sampler.inTrouble(trouble);
            });
    if (channels != null) {
      alerts.add((AlertListener) channels);
    }
    alerts.add((AlertWorker.FileListener) this::use);
  }

  /** All of it, or nothing. */
  private void use(YamlNode root) throws FileFault {
    HealthSettings read = HealthSettings.read(root);
    if (channels != null) {
      channels.reload(root, resource.get());
    }
    health.use(read);
  }

  private HistoryFiles historyFiles() {
    String folder = config.string("vitals.history.dir", null);
    if (folder == null) {
      return null;
    }
    long retention = config.durationMillis("vitals.history.retention", 7 * DAY_MILLIS);
    long mostBytes = (long) config.integer("vitals.history.max-megabytes", 256, 1) * MEGABYTE;
    String owner = config.string("otel.service.name", "service");
    return new HistoryFiles(
        new File(folder), owner, TimeUnit.MILLISECONDS.toNanos(retention), mostBytes);
  }

  /** The newest events of the alerts that are not over. */
  List<AlertEvent> alerts() {
    List<AlertEvent> events = new ArrayList<>();
    for (AlertStatus alert : alerts.board().alerts) {
      if (alert.event != null) {
        events.add(alert.event);
      }
    }
    return events;
  }

  void resolve(String fingerprint, String by, long epochNanos) {
    alerts.resolve(fingerprint, by, epochNanos);
  }

  HealthModel health() {
    return health;
  }

  History history() {
    return history;
  }

  void close(long timeoutMillis) {
    health.close();
    if (channels != null) {
      channels.close(timeoutMillis);
    }
    if (own != null) {
      own.close();
    }
  }

  Worker worker() {
    return alerts;
  }

  /** What rules read beside the durations; on the thread that evaluates them. */
  private AlertWorker.Readings readings() {
    ExportForm totals = ExportForm.CUMULATIVE;
    JvmMetrics jvm = JvmMetrics.ifPresent(Resource.empty(), scope, totals, startEpochNanos);
    if (jvm != null) {
      gauges.add(jvm);
    } else if (!Exporter.exportsJvm(config)) {
      JvmMetrics.sayMissing();
    }
    gauges.add(new SystemMetrics(scope, startEpochNanos));
    gauges.add(new ConnectionPoolLevels(Resource.empty(), scope, totals, startEpochNanos));
    gauges.add(new LossMetrics(Resource.empty(), scope, totals, startEpochNanos, counters));
    SortedMap<String, String> service = new TreeMap<>();
    for (String name : SERVICE) {
      String value = resource.get().getAttribute(AttributeKey.stringKey(name));
      if (value != null) {
        service.put(name, value);
      }
    }
    return new AlertWorker.Readings(gauges, service);
  }

  /** Lets rules read one more source, whose sums are totals. */
  void reads(MetricSource source) {
    gauges.add(source);
  }

  /** Adds what is exported of alerts and health. */
  void addSources(Pipeline pipeline, Resource of, ExportForm form) {
    pipeline.add(new AlertMetrics(alerts, channels, of, scope, form, startEpochNanos));
    pipeline.add(new HealthMetrics(health, of, scope, form, startEpochNanos));
    if (own != null) {
      pipeline.add(own.exported(of, scope, form, startEpochNanos));
    }
  }
}
