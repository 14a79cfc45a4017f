/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What one run of a program under one agent sent, as single facts that two runs have in common.
 *
 * @param facts one line for each span, each of its attributes, each metric and each series, sorted
 */
record Recording(List<String> facts) {
  /**
   * Runs the program, asks for the pages one after the other, and ends it.
   *
   * @param ignored spans that are left out, and whose children take their place
   */
  static Recording of(
      Jvm jvm,
      OtlpReceiver receiver,
      Program program,
      List<String> pages,
      Predicate<ReceivedSpan> ignored) {
    try (ForkedJvm forked = jvm.start(program)) {
      Visitor visitor = new Visitor(forked.awaitPort());
      for (String page : pages) {
        visitor.get(page);
      }
      // What the program closes at its end, such as a pool, is only in the metrics before.
      Received received = receiver.received();
      int before = received.metrics().size();
      received.awaitMetric(
          "jvm.class.count", any -> received.metrics().size() > before, ForkedJvm.PATIENCE);
      assertThat(forked.finish()).as("exit code of\n%s", forked).isZero();
    }
    return of(receiver.received(), ignored);
  }

  /** What a program that has ended sent. */
  static Recording of(Received received, Predicate<ReceivedSpan> ignored) {
    List<String> facts = new ArrayList<>();
    List<TraceTree> trees = new ArrayList<>(received.traces());
    trees.removeIf(tree -> tree.children().isEmpty() && ignored.test(tree.span()));
    trees.sort(Comparator.comparingLong(tree -> tree.span().startNanos()));
    Map<String, Integer> visits = new TreeMap<>();
    for (TraceTree tree : trees) {
      String page = String.valueOf(page(tree));
      spans(
          "trace %02d %s".formatted(visits.merge(page, 1, Integer::sum), page),
          tree,
          ignored,
          facts);
    }
    metrics(received, facts);
    facts.sort(Comparator.naturalOrder());
    return new Recording(facts);
  }

  private static String page(TraceTree tree) {
    String path = tree.span().attribute("url.path");
    if (path != null) {
      return path;
    }
    String url = tree.span().attribute("url.full");
    return url == null ? tree.span().attribute("db.query.summary") : plain("url.full", url);
  }

  private static void spans(
      String name, TraceTree tree, Predicate<ReceivedSpan> ignored, List<String> facts) {
    ReceivedSpan span = tree.span();
    String below = name;
    if (!ignored.test(span)) {
      below = name + " > " + span.kind() + " " + span.name();
      facts.add(below + ": span");
      facts.add(below + ": status=" + span.status() + " " + span.statusMessage());
      for (Map.Entry<String, String> attribute : plain(span.attributes()).entrySet()) {
        facts.add(below + ": " + attribute.getKey() + "=" + attribute.getValue());
      }
      for (ReceivedSpan.Event event : span.events()) {
        Map<String, String> attributes = plain(event.attributes());
        String stack = attributes.remove("exception.stacktrace");
        String frames = stack == null ? "" : " with frames";
        facts.add(below + ": event " + event.name() + attributes + frames);
      }
    }
    for (TraceTree child : tree.children()) {
      spans(below, child, ignored, facts);
    }
  }

  private static void metrics(Received received, List<String> facts) {
    Map<String, ReceivedMetric> newest = new TreeMap<>();
    received.metrics().forEach(metric -> newest.put(metric.scope() + metric.name(), metric));
    Set<String> instruments = new TreeSet<>();
    // Of several scopes, as one agent may divide what the other has together.
    Map<String, Long> counts = new TreeMap<>();
    for (ReceivedMetric metric : newest.values()) {
      instruments.add(
          "metric %s: %s in %s, %s, monotonic=%s: %s"
              .formatted(
                  metric.name(),
                  metric.type(),
                  metric.unit(),
                  metric.temporality(),
                  metric.monotonic(),
                  metric.description()));
      for (ReceivedMetric.Point point : metric.points()) {
        counts.merge(series(metric, point), counted(metric) ? point.count() : 0, Long::sum);
      }
    }
    facts.addAll(instruments);
    counts.forEach((series, count) -> facts.add(count == 0 ? series : series + " count=" + count));
  }

  private static String series(ReceivedMetric metric, ReceivedMetric.Point point) {
    boolean chance = isChance(metric);
    String series =
        "metric "
            + metric.name()
            + (chance ? point.attributes().keySet().toString() : plain(point.attributes()));
    return metric.type().equals("HISTOGRAM") ? series + " bounds=" + point.bounds() : series;
  }

  private static boolean counted(ReceivedMetric metric) {
    return metric.type().equals("HISTOGRAM") && !isChance(metric);
  }

  private static boolean isChance(ReceivedMetric metric) {
    return metric.name().equals("jvm.thread.count") || metric.name().equals("jvm.gc.duration");
  }

  /** Attributes without what differs from run to run: ports and names that a system gives. */
  private static Map<String, String> plain(Map<String, Object> attributes) {
    Map<String, String> plain = new TreeMap<>();
    attributes.forEach((name, value) -> plain.put(name, plain(name, value.toString())));
    return plain;
  }

  private static String plain(String name, String value) {
    if (name.endsWith(".port") && Integer.parseInt(value) > 1023) {
      return "PORT";
    }
    String plain = value.replaceAll("(localhost|127\\.0\\.0\\.1):\\d{4,5}", "$1:PORT");
    if (!name.equals("exception.message")) {
      return plain;
    }
    // MariaDB's connections, and Derby's keys without a name.
    return plain
        .replaceAll("conn=\\d+", "conn=NUMBER")
        .replaceAll("'SQL\\d+-[-0-9a-f]+'", "'NAME'");
  }
}
