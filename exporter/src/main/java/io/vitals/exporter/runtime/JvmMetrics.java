/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.runtime;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static io.opentelemetry.sdk.metrics.InstrumentType.OBSERVABLE_COUNTER;
import static io.opentelemetry.sdk.metrics.InstrumentType.OBSERVABLE_GAUGE;
import static io.opentelemetry.sdk.metrics.InstrumentType.OBSERVABLE_UP_DOWN_COUNTER;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.exporter.otlp.ExportForm;
import io.vitals.exporter.otlp.Instrument;
import io.vitals.exporter.otlp.MetricSource;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Memory, collections, threads, classes and processor time of the JVM. */
public final class JvmMetrics implements MetricSource {
  private static final AttributeKey<String> POOL = stringKey("jvm.memory.pool.name");
  private static final AttributeKey<String> TYPE = stringKey("jvm.memory.type");

  private final Resource resource;
  private final InstrumentationScopeInfo scope;
  private final ExportForm form;
  private final long startEpochNanos;
  private final List<Instrument> instruments = new ArrayList<>();
  private final GarbageCollections collections;
  private final ProcessCpu cpu = ProcessCpu.ifPresent();

  private final Instrument used;
  private final Instrument committed;
  private final Instrument limit;
  private final Instrument usedAfterGc;
  private final Instrument threadCount;
  private final Instrument classesLoaded;
  private final Instrument classesUnloaded;
  private final Instrument classes;
  private final Instrument cpuTime;
  private final Instrument cpuCount;
  private final Instrument cpuUtilization;

  private JvmMetrics(
      Resource resource,
      InstrumentationScopeInfo scope,
      ExportForm form,
      long startEpochNanos,
      GarbageCollections collections) {
    this.resource = resource;
    this.scope = scope;
    this.form = form;
    this.startEpochNanos = startEpochNanos;
    this.collections = collections;
    this.used = memory("jvm.memory.used", "Measure of memory used.");
    this.committed = memory("jvm.memory.committed", "Measure of memory committed.");
    this.limit = memory("jvm.memory.limit", "Measure of max obtainable memory.");
    this.usedAfterGc =
        memory(
            "jvm.memory.used_after_last_gc",
            "Measure of memory used, as measured after the most recent garbage collection event on"
                + " this pool.");
    this.threadCount =
        make(
            OBSERVABLE_UP_DOWN_COUNTER,
            "jvm.thread.count",
            "{thread}",
            "Number of executing platform threads.");
    this.classesLoaded =
        make(
            OBSERVABLE_COUNTER,
            "jvm.class.loaded",
            "{class}",
            "Number of classes loaded since JVM start.");
    this.classesUnloaded =
        make(
            OBSERVABLE_COUNTER,
            "jvm.class.unloaded",
            "{class}",
            "Number of classes unloaded since JVM start.");
    this.classes =
        make(
            OBSERVABLE_UP_DOWN_COUNTER,
            "jvm.class.count",
            "{class}",
            "Number of classes currently loaded.");
    this.cpuTime =
        make(
            OBSERVABLE_COUNTER,
            "jvm.cpu.time",
            "s",
            "CPU time used by the process as reported by the JVM.");
    this.cpuCount =
        make(
            OBSERVABLE_UP_DOWN_COUNTER,
            "jvm.cpu.count",
            "{cpu}",
            "Number of processors available to the Java virtual machine.");
    this.cpuUtilization =
        make(
            OBSERVABLE_GAUGE,
            "jvm.cpu.recent_utilization",
            "1",
            "Recent CPU utilization for the process as reported by the JVM.");
  }

  /** Makes the metrics, or null where {@code java.management} is absent. */
  public static JvmMetrics ifPresent(
      Resource resource, InstrumentationScopeInfo scope, ExportForm form, long startEpochNanos) {
    try {
      return new JvmMetrics(
          resource, scope, form, startEpochNanos, GarbageCollections.start(form, startEpochNanos));
    } catch (LinkageError missing) {
      return null;
    }
  }

  /** Says, once for all who would read them, why there are none. */
  public static void sayMissing() {
    LoggerFactory.getLogger(JvmMetrics.class)
        .info("no jvm.* metrics: this runtime has no module java.management");
  }

  private Instrument memory(String name, String description) {
    return make(OBSERVABLE_UP_DOWN_COUNTER, name, "By", description);
  }

  private Instrument make(InstrumentType type, String name, String unit, String description) {
    Instrument made = new Instrument(type, name, unit, description, form, startEpochNanos);
    instruments.add(made);
    return made;
  }

  @Override
  public void collect(long nowEpochNanos, Collection<MetricData> into) {
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      memory(nowEpochNanos, pool);
    }
    for (Map.Entry<Attributes, Long> count : ThreadCounts.now().entrySet()) {
      threadCount.put(nowEpochNanos, count.getKey(), count.getValue());
    }
    ClassLoadingMXBean loading = ManagementFactory.getClassLoadingMXBean();
    classesLoaded.put(nowEpochNanos, Attributes.empty(), loading.getTotalLoadedClassCount());
    classesUnloaded.put(nowEpochNanos, Attributes.empty(), loading.getUnloadedClassCount());
    classes.put(nowEpochNanos, Attributes.empty(), (long) loading.getLoadedClassCount());
    int processors = Runtime.getRuntime().availableProcessors();
    cpuCount.put(nowEpochNanos, Attributes.empty(), (long) processors);
    cpu(nowEpochNanos);
    for (Instrument instrument : instruments) {
      instrument.flushInto(into, resource, scope, nowEpochNanos);
    }
    collections.collect(into, resource, scope, nowEpochNanos);
  }

  private void memory(long now, MemoryPoolMXBean pool) {
    Attributes attributes =
        Attributes.of(
            POOL, pool.getName(), TYPE, pool.getType() == MemoryType.HEAP ? "heap" : "non_heap");
    MemoryUsage usage = pool.getUsage();
    if (usage != null) {
      used.put(now, attributes, usage.getUsed());
      committed.put(now, attributes, usage.getCommitted());
      if (usage.getMax() >= 0) {
        limit.put(now, attributes, usage.getMax());
      }
    }
    MemoryUsage afterGc = pool.getCollectionUsage();
    if (afterGc != null) {
      usedAfterGc.put(now, attributes, afterGc.getUsed());
    }
  }

  private void cpu(long now) {
    if (cpu == null) {
      return;
    }
    double seconds = cpu.seconds();
    if (seconds >= 0) {
      cpuTime.put(now, Attributes.empty(), seconds);
    }
    double utilization = cpu.utilization();
    if (utilization >= 0) {
      cpuUtilization.put(now, Attributes.empty(), utilization);
    }
  }
}
