/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Prints one trace of each kind as a tree with its times, and the percentiles as a table. */
final class ShopReport {
  /** Characters of the line that shows when in a trace a span ran. */
  private static final int BAR = 40;

  private static final List<String> HISTOGRAMS =
      List.of(
          "http.server.request.duration",
          "http.client.request.duration",
          "db.client.operation.duration");
  private static final List<String> QUANTILES = List.of("0.5", "0.9", "0.95", "0.99", "0.999");

  private final Received received;
  private final PrintStream out;

  ShopReport(Received received, PrintStream out) {
    this.received = received;
    this.out = out;
  }

  /** Prints everything; returns whether there were traces and percentiles to print. */
  boolean print() {
    List<TraceTree> traces = received.traces();
    out.printf(
        "%nTRACES  %d of them arrived, with %d spans; the newest of each kind:%n",
        traces.size(), received.spans().size());
    Collection<TraceTree> samples = newestOfEachKind(traces);
    samples.forEach(this::trace);
    out.printf("%nPERCENTILES  exact, in milliseconds%n");
    int series = 0;
    for (String histogram : HISTOGRAMS) {
      series += table(histogram);
    }
    if (samples.isEmpty() || series == 0) {
      out.printf("%nNot everything arrived: %d traces, %d series.%n", traces.size(), series);
      return false;
    }
    return true;
  }

  private static Collection<TraceTree> newestOfEachKind(List<TraceTree> traces) {
    Map<String, TraceTree> samples = new TreeMap<>();
    for (TraceTree trace : traces) {
      ReceivedSpan root = trace.span();
      if (root.kind().equals("SERVER")) {
        samples.put(root.name() + root.attribute("http.response.status_code"), trace);
      }
    }
    return samples.values();
  }

  private void trace(TraceTree trace) {
    out.printf("%n  trace %s%n", trace.span().traceId());
    tree(trace, trace.span(), "");
  }

  private void tree(TraceTree tree, ReceivedSpan root, String indent) {
    ReceivedSpan span = tree.span();
    String text = indent + span.kind().toLowerCase(Locale.ROOT) + " " + span.name();
    out.printf(
        "  %-44s %-14s %9.2f ms  |%s|%n",
        cut(text, 44),
        cut(outcome(span), 14),
        (span.endNanos() - span.startNanos()) / 1e6,
        bar(span, root));
    tree.children().forEach(child -> tree(child, root, indent + "  "));
  }

  private static String outcome(ReceivedSpan span) {
    for (String name : new String[] {"error.type", "http.response.status_code", "db.system.name"}) {
      if (span.attribute(name) != null) {
        return (name.equals("error.type") ? "!" : " ") + span.attribute(name);
      }
    }
    return "";
  }

  private static String bar(ReceivedSpan span, ReceivedSpan root) {
    double length = Math.max(1, root.endNanos() - root.startNanos());
    int from = column((span.startNanos() - root.startNanos()) / length);
    int to = Math.max(from + 1, column((span.endNanos() - root.startNanos()) / length) + 1);
    return " ".repeat(from) + "=".repeat(to - from) + " ".repeat(BAR - to);
  }

  private static int column(double share) {
    return (int) (Math.max(0, Math.min(1, share)) * (BAR - 1));
  }

  /** Prints one row for each series; returns how many. */
  private int table(String histogram) {
    Map<Map<String, Object>, Map<String, Double>> rows = new LinkedHashMap<>();
    for (ReceivedMetric metric : received.metrics()) {
      if (metric.name().equals(histogram + ".percentile")) {
        metric.points().forEach(point -> addPercentile(rows, point));
      }
    }
    if (rows.isEmpty()) {
      return 0;
    }
    out.printf(
        "%n  %-52s %7s %8s %8s %8s %8s %8s%n",
        histogram, "count", "p50", "p90", "p95", "p99", "p99.9");
    Map<Map<String, Object>, Long> counts = counts(histogram);
    List<String> lines = new ArrayList<>();
    rows.forEach(
        (attributes, percentiles) -> {
          StringBuilder line = new StringBuilder();
          line.append(
              String.format(
                  "  %-52s %7d", cut(label(attributes), 52), counts.getOrDefault(attributes, 0L)));
          for (String quantile : QUANTILES) {
            Double seconds = percentiles.get(quantile);
            line.append(seconds == null ? "        -" : String.format(" %8.2f", seconds * 1e3));
          }
          lines.add(line.toString());
        });
    lines.sort(Comparator.naturalOrder());
    lines.forEach(out::println);
    return rows.size();
  }

  private static void addPercentile(
      Map<Map<String, Object>, Map<String, Double>> rows, ReceivedMetric.Point point) {
    Map<String, Object> attributes = new TreeMap<>(point.attributes());
    Object quantile = attributes.remove("quantile");
    rows.computeIfAbsent(attributes, key -> new TreeMap<>())
        .put(String.valueOf(quantile), point.value());
  }

  private Map<Map<String, Object>, Long> counts(String histogram) {
    Map<Map<String, Object>, Long> counts = new LinkedHashMap<>();
    for (ReceivedMetric metric : received.metrics()) {
      if (metric.name().equals(histogram)) {
        metric.points().forEach(point -> counts.put(point.attributes(), point.count()));
      }
    }
    return counts;
  }

  private static String label(Map<String, Object> attributes) {
    List<String> words = new ArrayList<>();
    for (String name :
        new String[] {
          "http.request.method",
          "http.route",
          "server.address",
          "db.query.summary",
          "http.response.status_code"
        }) {
      if (attributes.containsKey(name)) {
        words.add(attributes.get(name).toString());
      }
    }
    if (attributes.containsKey("error.type")
        && !attributes.containsKey("http.response.status_code")) {
      words.add("!" + attributes.get("error.type"));
    }
    return String.join(" ", words);
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 2) + "..";
  }
}
