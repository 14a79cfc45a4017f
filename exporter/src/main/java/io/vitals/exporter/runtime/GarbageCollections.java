/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.runtime;

import com.sun.management.GarbageCollectionNotificationInfo;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.vitals.exporter.otlp.ExportForm;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Locale;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * Listens to the collectors and keeps the durations of what they did.
 *
 * <p>Collections before it listens are counted exactly and in sum, each with the average duration.
 * The listener runs on a thread of the JVM and only adds to a histogram.
 */
final class GarbageCollections implements NotificationListener {
  private final GcHistogram histogram;

  private GarbageCollections(GcHistogram histogram) {
    this.histogram = histogram;
  }

  static GarbageCollections start(ExportForm form, long startEpochNanos) {
    GarbageCollections collections =
        new GarbageCollections(new GcHistogram(form.deltaHistograms(), startEpochNanos));
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (bean instanceof NotificationEmitter) {
        collections.addEarlier(bean);
        ((NotificationEmitter) bean).addNotificationListener(collections, null, null);
      }
    }
    return collections;
  }

  private void addEarlier(GarbageCollectorMXBean bean) {
    long count = bean.getCollectionCount();
    long millis = bean.getCollectionTime();
    if (count > 0 && millis >= 0) {
      histogram.add(bean.getName(), action(bean.getName()), millis / 1e3, count);
    }
  }

  /** What the notifications of a collector call its collections, by its name. */
  private static String action(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.contains("pauses")) {
      return "end of GC pause";
    }
    if (lower.contains("cycles")) {
      return "end of GC cycle";
    }
    if (lower.contains("concurrent gc")) {
      return "end of concurrent GC pause";
    }
    return lower.contains("old") || lower.contains("marksweep") || lower.contains("global")
        ? "end of major GC"
        : "end of minor GC";
  }

  @Override
  public void handleNotification(Notification notification, Object handback) {
    try {
      if (notification
          .getType()
          .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
        GarbageCollectionNotificationInfo info =
            GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
        histogram.add(
            info.getGcName(), info.getGcAction(), info.getGcInfo().getDuration() / 1e3, 1);
      }
    } catch (Throwable failure) {
      histogram.failed();
    }
  }

  void collect(
      Collection<MetricData> into,
      Resource resource,
      InstrumentationScopeInfo scope,
      long nowEpochNanos) {
    histogram.collect(into, resource, scope, nowEpochNanos);
  }
}
