/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.aggregate;

import io.vitals.exporter.self.Counters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An interval made of durations that somebody has written down, not of spans; to try rules on. */
public final class RecordedInterval {
  private final Map<Series, Series> series = new LinkedHashMap<>();
  private final HistogramMemory memory =
      new HistogramMemory(HistogramMemory.MOST_BYTES, new Counters());

  /**
   * Counts a duration of a series.
   *
   * @param labels values of the attributes that the exported series have, by their names
   * @throws IllegalArgumentException names a label that the metric has not
   */
  public void add(Metric metric, Map<String, String> labels, long nanos, long number) {
    Series key = new Series(metric, key(metric, labels), null);
    Series known = series.get(key);
    if (known == null) {
      known = new Series(metric, key.key(), new Latency(metric.bounds(), memory));
      series.put(known, known);
    }
    known.latency.addUnsorted(nanos, number);
    known.latency.addSum(nanos * number);
  }

  private static SeriesKey key(Metric metric, Map<String, String> labels) {
    SeriesKey key = new SeriesKey();
    for (Map.Entry<String, String> label : labels.entrySet()) {
      set(key, metric, label.getKey(), label.getValue());
    }
    key.seal();
    return key;
  }

  private static void set(SeriesKey key, Metric metric, String name, String value) {
    boolean server = metric == Metric.HTTP_SERVER;
    boolean database = metric == Metric.DB_CLIENT;
    if (metric.isOfPools()) {
      pool(key, metric, name, value);
    } else if (name.equals("error.type")) {
      key.errorType = value;
    } else if (name.equals("http.route") && server || name.equals("server.address") && !server) {
      key.route = value;
    } else if (name.equals("server.port") && !server) {
      key.port = Integer.parseInt(value);
    } else if (name.equals(database ? "db.system.name" : "http.request.method")) {
      key.method = value;
    } else if (name.equals("http.response.status_code") && !database) {
      key.status = Integer.parseInt(value);
    } else if (name.equals("url.scheme") && server) {
      key.https = value.equals("https");
    } else if (name.equals("db.namespace") && database) {
      key.namespace = value;
    } else if (name.equals("db.query.summary") && database) {
      key.summary = value;
    } else if (name.equals("db.operation.name") && database) {
      key.operation = value;
    } else if (name.equals("db.collection.name") && database) {
      key.collection = value;
    } else {
      throw new IllegalArgumentException(metric.metricName() + " has no label " + name);
    }
  }

  private static void pool(SeriesKey key, Metric metric, String name, String value) {
    if (!name.equals("db.client.connection.pool.name")) {
      throw new IllegalArgumentException(metric.metricName() + " has no label " + name);
    }
    key.route = value;
  }

  /** Closes the interval and begins another. */
  public Interval close(long startEpochNanos, long endEpochNanos) {
    List<SeriesInterval> all = new ArrayList<>();
    for (Series each : series.values()) {
      if (each.latency.count() > 0) {
        all.add(each.latency.take(each));
      }
    }
    return new Interval(startEpochNanos, endEpochNanos, endEpochNanos, all);
  }
}
