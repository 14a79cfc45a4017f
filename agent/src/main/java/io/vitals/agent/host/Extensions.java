/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.host;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.agent.extension.MetricDefinition;
import io.vitals.exporter.alert.OwnMetrics;
import io.vitals.exporter.config.Config;
import io.vitals.exporter.otlp.ExportForm;
import io.vitals.exporter.otlp.Instrument;
import io.vitals.exporter.otlp.MetricSource;
import io.vitals.exporter.rule.Catalogue;
import io.vitals.exporter.rule.MetricKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * The extensions that {@code vitals.extensions} names: loaded when somebody first asks for what
 * they bring, which is the rules' thread or a command, and never before {@code main}.
 *
 * <p>Whatever fails is said in one line, counted, and left out.
 */
public final class Extensions implements OwnMetrics {
  /** What rules wait for all extensions together: a tenth of their shortest interval. */
  static final long WAIT_MILLIS = 100;

  /** Each has a thread. */
  private static final int MOST = 32;

  /** Before the rules are first read, so nothing is late yet. */
  private static final long LOAD_MILLIS = 5_000;

  private static final List<String> CHANNELS_OF_THE_AGENT =
      Arrays.asList("alertmanager", "webhook", "slack", "pagerduty", "email");

  /** Where metrics of the agent's own appear that rules do not know. */
  private static final String[] PREFIXES_OF_THE_AGENT = {"vitals.", "otel.", "alert.", "slo."};

  private final List<String> paths;
  private final ExtensionFailures failures = new ExtensionFailures();
  private final Set<String> names = new HashSet<>();
  private final Map<String, OwnChannelType> channels = new TreeMap<>();
  private Catalogue catalogue;

  /** Filled when loaded; then never changed. */
  private volatile List<RunningExtension> running = Collections.emptyList();

  private final Map<RunningExtension, PointSource> sources = new HashMap<>();
  private Instrument failed;

  /** Loads nothing yet. */
  public Extensions(Config config) {
    this.paths = config.list("vitals.extensions", Collections.<String>emptyList());
  }

  /** Those that the properties and the environment of this process name. */
  public static Extensions ofProcess() {
    return new Extensions(Config.read(null));
  }

  /** Whether none are named. */
  public boolean isEmpty() {
    return paths.isEmpty();
  }

  @Override
  public synchronized Catalogue catalogue() {
    if (catalogue == null) {
      catalogue = Catalogue.builtIn();
      List<RunningExtension> all = new ArrayList<>();
      for (String path : paths) {
        for (RunningExtension each : loaded(path)) {
          take(path, each, all);
        }
      }
      running = Collections.unmodifiableList(all);
    }
    return catalogue;
  }

  private List<RunningExtension> loaded(String path) {
    ExtensionPlace place = new ExtensionPlace(path, failures);
    try {
      return Bounded.call("load", Extensions.class.getClassLoader(), LOAD_MILLIS, place::load);
    } catch (Throwable thrown) {
      failures.failed(
          path, ExtensionFailures.Reason.LOAD, "left out: " + RunningExtension.described(thrown));
      return Collections.emptyList();
    }
  }

  private void take(String path, RunningExtension extension, List<RunningExtension> all) {
    String clash = clash(extension, all);
    if (clash != null) {
      failures.failed(path, ExtensionFailures.Reason.LOAD, extension.name + " left out: " + clash);
      return;
    }
    names.add(extension.name);
    for (OwnChannelType channel : extension.channels) {
      channels.put(channel.type, channel);
    }
    for (MetricDefinition metric : extension.metrics) {
      catalogue = catalogue.with(metric.name(), kind(metric), unit(metric), metric.labels());
    }
    all.add(extension);
    LoggerFactory.getLogger(Extensions.class)
        .debug("extension {} of {}: metrics {}", extension.name, path, extension.metrics);
  }

  /** What of it is there already, or null. */
  private String clash(RunningExtension extension, List<RunningExtension> all) {
    if (all.size() >= MOST) {
      return "more than " + MOST + " extensions";
    }
    if (names.contains(extension.name)) {
      return "a second extension of this name";
    }
    Set<String> metrics = new HashSet<>(catalogue.names());
    for (MetricDefinition metric : extension.metrics) {
      boolean isTaken = !metrics.add(metric.name());
      for (String prefix : PREFIXES_OF_THE_AGENT) {
        isTaken |= metric.name().startsWith(prefix);
      }
      if (isTaken) {
        return "the metric name " + metric + " is taken";
      }
    }
    Set<String> types = new HashSet<>(channels.keySet());
    types.addAll(CHANNELS_OF_THE_AGENT);
    for (OwnChannelType channel : extension.channels) {
      if (!types.add(channel.type)) {
        return "the channel type " + channel.type + " is taken";
      }
    }
    return null;
  }

  private static MetricKind kind(MetricDefinition metric) {
    switch (metric.kind()) {
      case COUNTER:
        return MetricKind.COUNTER;
      case LEVEL:
        return MetricKind.LEVEL;
      default:
        return MetricKind.GAUGE;
    }
  }

  /** A condition is no ratio: people compare it with 1, not with 100 %. */
  private static String unit(MetricDefinition metric) {
    return metric.kind() == MetricDefinition.Kind.CONDITION ? "{condition}" : metric.unit();
  }

  /** The types of channels that they bring, by name. */
  public synchronized Map<String, OwnChannelType> channelTypes() {
    catalogue();
    return Collections.unmodifiableMap(channels);
  }

  @Override
  public void measure(long nowEpochNanos, Collection<MetricData> into) {
    List<RunningExtension> all = running;
    for (RunningExtension extension : all) {
      extension.ask();
    }
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);
    for (RunningExtension extension : all) {
      List<Point> points = extension.take(until);
      sources
          .computeIfAbsent(
              extension,
              added ->
                  new PointSource(added, Resource.empty(), ExportForm.CUMULATIVE, nowEpochNanos))
          .collect(points, nowEpochNanos, into);
    }
    if (failed == null) {
      failed = failures(ExportForm.CUMULATIVE, nowEpochNanos);
    }
    failures.putInto(failed, nowEpochNanos);
    failed.flushInto(into, Resource.empty(), InstrumentationScopeInfo.empty(), nowEpochNanos);
  }

  private static Instrument failures(ExportForm form, long startEpochNanos) {
    return new Instrument(
        InstrumentType.OBSERVABLE_COUNTER,
        "vitals.agent.extension.failures",
        "{failure}",
        "What did not work of extensions.",
        form,
        startEpochNanos);
  }

  @Override
  public MetricSource exported(
      Resource resource, InstrumentationScopeInfo scope, ExportForm form, long startEpochNanos) {
    Map<RunningExtension, PointSource> exported = new HashMap<>();
    Instrument instrument = failures(form, startEpochNanos);
    return (now, into) -> {
      for (RunningExtension extension : running) {
        exported
            .computeIfAbsent(
                extension, added -> new PointSource(added, resource, form, startEpochNanos))
            .collect(extension.newest(), now, into);
      }
      failures.putInto(instrument, now);
      instrument.flushInto(into, resource, scope, now);
    };
  }

  @Override
  public void close() {
    running.forEach(RunningExtension::stop);
  }
}
