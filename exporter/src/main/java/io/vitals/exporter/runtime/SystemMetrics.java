/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.runtime;

import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.exporter.otlp.ExportForm;
import io.vitals.exporter.otlp.Instrument;
import io.vitals.exporter.otlp.MetricSource;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What alert rules read of the machine and of the threads: how full the file systems of the working
 * folder and of the temporary one are, how many files are open, and how many threads wait for each
 * other for ever.
 */
public final class SystemMetrics implements MetricSource {
  private static final AttributeKey<String> MOUNT = stringKey("system.filesystem.mountpoint");

  private final InstrumentationScopeInfo scope;
  private final Instrument utilization;
  private final Instrument deadlocked;
  private final Instrument openFiles;
  private final Instrument mostFiles;

  /** A folder of each file system, so that a full disk is one alert. */
  private final Map<Object, File> folders = new LinkedHashMap<>();

  private final Deadlocks deadlocks = Deadlocks.ifPresent();
  private final FileDescriptors files = FileDescriptors.ifPresent();

  /** Makes the metrics. */
  public SystemMetrics(InstrumentationScopeInfo scope, long startEpochNanos) {
    this.scope = scope;
    this.utilization =
        new Instrument(
            InstrumentType.OBSERVABLE_GAUGE,
            "system.filesystem.utilization",
            "1",
            "Fraction of filesystem bytes used.",
            ExportForm.CUMULATIVE,
            startEpochNanos);
    this.deadlocked =
        new Instrument(
            InstrumentType.OBSERVABLE_GAUGE,
            "vitals.thread.deadlocked",
            "{thread}",
            "Threads that wait for each other and will never go on.",
            ExportForm.CUMULATIVE,
            startEpochNanos);
    this.openFiles =
        new Instrument(
            InstrumentType.OBSERVABLE_UP_DOWN_COUNTER,
            "jvm.file_descriptor.count",
            "{file_descriptor}",
            "Number of open file descriptors as reported by the JVM.",
            ExportForm.CUMULATIVE,
            startEpochNanos);
    this.mostFiles =
        new Instrument(
            InstrumentType.OBSERVABLE_UP_DOWN_COUNTER,
            "jvm.file_descriptor.limit",
            "{file_descriptor}",
            "Measure of max open file descriptors as reported by the JVM.",
            ExportForm.CUMULATIVE,
            startEpochNanos);
    for (String property : new String[] {"user.dir", "java.io.tmpdir"}) {
      String folder = System.getProperty(property);
      if (folder != null && !folder.isEmpty()) {
        folders.putIfAbsent(fileSystem(folder), new File(folder));
      }
    }
  }

  /** The file system that a folder lies on; the folder itself where it cannot be told. */
  private static Object fileSystem(String folder) {
    try {
      return Files.getFileStore(Paths.get(folder));
    } catch (Exception unknown) {
      return folder;
    }
  }

  @Override
  public void collect(long nowEpochNanos, Collection<MetricData> into) {
    for (File folder : folders.values()) {
      long total = folder.getTotalSpace();
      if (total > 0) {
        utilization.put(
            nowEpochNanos,
            Attributes.of(MOUNT, folder.getPath()),
            1 - (double) folder.getUsableSpace() / total);
      }
    }
    if (deadlocks != null) {
      deadlocked.put(nowEpochNanos, Attributes.empty(), (long) deadlocks.count());
    }
    if (files != null) {
      openFiles.put(nowEpochNanos, Attributes.empty(), files.open());
      mostFiles.put(nowEpochNanos, Attributes.empty(), files.limit());
    }
    openFiles.flushInto(into, Resource.empty(), scope, nowEpochNanos);
    mostFiles.flushInto(into, Resource.empty(), scope, nowEpochNanos);
    utilization.flushInto(into, Resource.empty(), scope, nowEpochNanos);
    deadlocked.flushInto(into, Resource.empty(), scope, nowEpochNanos);
  }
}
