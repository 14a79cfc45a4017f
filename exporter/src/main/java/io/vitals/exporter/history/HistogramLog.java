/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.history;

import io.vitals.exporter.aggregate.Distribution;
import io.vitals.exporter.aggregate.Metric;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UnsupportedEncodingException;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** Writes distributions as lines of a {@code .hlog}, which every tool of HdrHistogram reads. */
final class HistogramLog {
  private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(24);

  private HistogramLog() {}

  /** What stands at the top of a file. */
  static String header(long startEpochNanos) {
    return written(
        log -> {
          log.outputComment("[durations in nanoseconds, shown in milliseconds; one tag a metric]");
          log.outputLogFormatVersion();
          log.outputStartTime(startEpochNanos / 1_000_000);
          log.outputLegend();
        });
  }

  /** One interval of one metric. */
  static String line(Summary summary, Metric metric, Summary.Total total) {
    Histogram histogram = new Histogram(1, LONGEST_NANOS, 3);
    histogram.setAutoResize(true);
    Distribution.Cursor cursor = total.distribution.cursor();
    while (cursor.next()) {
      histogram.recordValueWithCount(cursor.nanos(), cursor.count());
    }
    histogram.setStartTimeStamp(summary.startEpochNanos / 1_000_000);
    histogram.setEndTimeStamp(summary.endEpochNanos / 1_000_000);
    histogram.setTag(metric.metricName());
    return written(log -> log.outputIntervalHistogram(histogram));
  }

  /** Something that writes. */
  private interface Content {
    void writeTo(HistogramLogWriter log);
  }

  private static String written(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      PrintStream out = new PrintStream(bytes, false, "UTF-8");
      content.writeTo(new HistogramLogWriter(out));
      out.flush();
      return bytes.toString("UTF-8");
    } catch (UnsupportedEncodingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
