/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import io.vitals.exporter.aggregate.Metric;
import io.vitals.exporter.aggregate.RecordedInterval;
import io.vitals.exporter.config.Durations;
import io.vitals.exporter.otlp.Instrument;
import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A series that somebody has written down, one value an interval.
 *
 * <p>Of durations a value is {@code 20*100ms}: twenty calls of 100 ms; of anything else a number.
 * {@code _} is nothing, {@code x6} behind a value repeats it so that there are six.
 */
final class InputSeries {
  private static final Pattern SERIES =
      Pattern.compile("([A-Za-z_][\\w.]*)\\s*(?:\\{(.*)\\})?", Pattern.DOTALL);
  private static final Pattern LABEL =
      Pattern.compile("\\s*([\\w.]+)\\s*=\\s*\"([^\"]*)\"\\s*(?:,|$)");
  private static final Pattern VALUE =
      Pattern.compile("(?:(_)|(\\d+)\\*(\\d+(?:ns|us|ms|s|m|h))|(-?[\\d.]+))(?:x(\\d+))?");

  /** A day of seconds. */
  private static final int MOST_VALUES = 100_000;

  private final String name;
  private final Metric metric;
  private final Map<String, String> labels = new TreeMap<>();
  private final List<Value> values = new ArrayList<>();

  /** So many calls of so many nanoseconds, or one number. */
  private static final class Value {
    final long calls;
    final long nanos;
    final double number;

    Value(long calls, long nanos, double number) {
      this.calls = calls;
      this.nanos = nanos;
      this.number = number;
    }
  }

  private InputSeries(String name) {
    this.name = name;
    this.metric = metric(name);
  }

  private static Metric metric(String name) {
    for (Metric each : Metric.values()) {
      String full = each.metricName();
      if (full.equals(name) || full.startsWith(name + ".") && name.indexOf('.') > 0) {
        return each;
      }
    }
    return null;
  }

  static InputSeries read(YamlNode node) throws FileFault {
    node.onlyFields("series", "values");
    YamlNode series = node.needed("series");
    Matcher match = SERIES.matcher(series.text().trim());
    if (!match.matches()) {
      throw series.expected("a metric such as http.server{http.route=\"/checkout\"}");
    }
    InputSeries read = new InputSeries(match.group(1));
    String labels = match.group(2) == null ? "" : match.group(2).trim();
    Matcher label = LABEL.matcher(labels);
    int at = 0;
    while (at < labels.length()) {
      if (!label.find(at) || label.start() != at) {
        throw series.expected(
            "labels such as http.route=\"/checkout\", http.request.method=\"GET\"");
      }
      read.labels.put(label.group(1), label.group(2));
      at = label.end();
    }
    read.values(node.needed("values"));
    try {
      if (read.metric != null) {
        new RecordedInterval().add(read.metric, read.labels, 1, 1);
      }
    } catch (IllegalArgumentException unknown) {
      throw series.fault(
          '"' + series.text() + '"', "labels of the metric: " + unknown.getMessage());
    }
    return read;
  }

  private void values(YamlNode node) throws FileFault {
    for (String text : node.text().trim().split("[\\s,]+")) {
      Matcher match = VALUE.matcher(text);
      long nanos = match.matches() && match.group(3) != null ? Durations.nanos(match.group(3)) : 0;
      boolean nothing = match.matches() && match.group(1) != null;
      if (!match.matches()
          || nanos < 0
          || !nothing && (match.group(2) != null) != (metric != null)) {
        String like = metric == null ? "0.5 or 0.5x6" : "20*100ms or 20*100ms" + "x6";
        throw node.fault('"' + text + '"', "values such as " + like + ", or _ for none");
      }
      Value value =
          nothing
              ? null
              : metric == null
                  ? new Value(0, 0, Double.parseDouble(match.group(4)))
                  : new Value(Long.parseLong(match.group(2)), nanos, 0);
      int times = match.group(5) == null ? 1 : Integer.parseInt(match.group(5));
      for (int i = 0; i < times; i++) {
        values.add(value);
        if (values.size() > MOST_VALUES) {
          throw node.fault("more than " + MOST_VALUES + " values", "fewer");
        }
      }
    }
  }

  /** Gives what it holds for one interval; after the last value there is nothing. */
  void feed(int interval, RecordedInterval calls, List<Instrument> gauges, long now) {
    Value value = interval < values.size() ? values.get(interval) : null;
    if (value == null) {
      return;
    }
    if (metric == null) {
      gauges.add(RuleTrial.gauge(name, labels, value.number, now));
    } else {
      calls.add(metric, labels, value.nanos, value.calls);
    }
  }
}
