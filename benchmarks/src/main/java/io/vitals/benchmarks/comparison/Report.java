/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import io.vitals.benchmarks.peer.Peer;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes a topic as Markdown: a table of the comparison, and one of all peers' medians. */
final class Report {
  static final String NOISY = "too noisy";
  private static final String NOTHING = "-";

  /** What the floor is one of: it sends nothing, so that of the process is none. */
  private static final Set<Measure> ON_THE_THREAD =
      EnumSet.of(Measure.TIME_P50, Measure.TIME_P99, Measure.THREAD_CPU, Measure.THREAD_BYTES);

  private Report() {}

  static String of(Topic topic) {
    StringBuilder text = new StringBuilder("\n## ").append(topic.title()).append("\n\n");
    comparison(topic, text);
    medians(topic, text);
    floor(topic, text);
    Promises.broken(topic).forEach(promise -> text.append("\n* **broken**: ").append(promise));
    topic.notes().forEach(note -> text.append("\n* ").append(note));
    topic
        .failures()
        .forEach(
            (peer, reason) ->
                text.append("\n* **").append(peer).append(" failed**: ").append(oneLine(reason)));
    return text.append('\n').toString();
  }

  private static void comparison(Topic topic, StringBuilder text) {
    row(
        text,
        List.of(
            "", "baseline", "Vitals", "OpenTelemetry", "ratio", "goal", "", "best other agent"));
    text.append("|---|--:|--:|--:|--:|--:|---|---|\n");
    for (Measure measure : topic.measures()) {
      if (!measure.ofTheAgent()) {
        row(text, comparison(topic, measure));
      }
    }
  }

  private static List<String> comparison(Topic topic, Measure measure) {
    Series baseline = topic.series(measure, Peer.NONE);
    Added vitals = topic.added(measure, Peer.VITALS);
    Added opentelemetry = topic.added(measure, Peer.OPENTELEMETRY);
    return List.of(
        measure.title(),
        baseline == null ? NOTHING : number(baseline.median()),
        added(vitals),
        added(opentelemetry),
        ratio(vitals, opentelemetry),
        measure.goal().toString(),
        verdict(measure.goal(), vitals, opentelemetry),
        bestOther(topic, measure));
  }

  private static String ratio(Added vitals, Added opentelemetry) {
    if (vitals == null || opentelemetry == null || opentelemetry.value() == 0) {
      return NOTHING;
    }
    return noisy(vitals, opentelemetry)
        ? NOISY
        : String.format(Locale.ROOT, "%.3f", vitals.value() / opentelemetry.value());
  }

  private static String verdict(Goal goal, Added vitals, Added opentelemetry) {
    if (!goal.isStated() || vitals == null || opentelemetry == null) {
      return "";
    }
    return goal.isMet(vitals, opentelemetry)
        ? "met"
        : goal.isMissed(vitals, opentelemetry) ? "**not met**" : NOISY;
  }

  private static boolean noisy(Added vitals, Added opentelemetry) {
    return vitals.noisy() || opentelemetry.noisy();
  }

  /** The peer that is neither of the two, nor a variant of one, and adds the least. */
  private static String bestOther(Topic topic, Measure measure) {
    String best = null;
    double least = 0;
    for (String peer : topic.peers()) {
      Added added = topic.added(measure, peer);
      if (added == null
          || peer.equals(Peer.NONE)
          || peer.equals(Peer.FLOOR)
          || peer.startsWith(Peer.VITALS)
          || peer.startsWith(Peer.OPENTELEMETRY)) {
        continue;
      }
      double costs = measure.moreIsBetter() ? -added.value() : added.value();
      if (best == null || costs < least) {
        best = peer;
        least = costs;
      }
    }
    return best == null
        ? NOTHING
        : best
            + " "
            + added(topic.added(measure, best))
            + ahead(measure, topic.added(measure, best), topic.added(measure, Peer.VITALS));
  }

  private static String ahead(Measure measure, Added other, Added vitals) {
    // More classes of the JDK's own archive are only more classes.
    boolean ahead =
        vitals != null
            && !measure.goal().asMany()
            && (measure.moreIsBetter()
                ? other.atLeast() > vitals.atMost()
                : other.atMost() < vitals.atLeast());
    return ahead ? ", ahead of Vitals" : "";
  }

  /** How far Vitals is, on the request's thread, from what cannot be avoided. */
  private static void floor(Topic topic, StringBuilder text) {
    for (Measure measure : topic.measures()) {
      Added floor = topic.added(measure, Peer.FLOOR);
      Added vitals = topic.added(measure, Peer.VITALS);
      if (ON_THE_THREAD.contains(measure) && floor != null && vitals != null && floor.value() > 0) {
        text.append("\n* ").append(measure.title()).append(": Vitals adds ");
        text.append(number(vitals.value() / floor.value())).append(" times the floor");
        text.append(vitals.noisy() || floor.noisy() ? ", too noisy to rely on" : "");
      }
    }
  }

  private static void medians(Topic topic, StringBuilder text) {
    List<String> peers = topic.peers();
    text.append("\nMedians, and in parentheses how far the quartiles lie apart:\n\n|");
    peers.forEach(peer -> text.append(" | ").append(peer));
    text.append(" |\n|---").append("|--:".repeat(peers.size())).append("|\n");
    for (Measure measure : topic.measures()) {
      text.append("| ").append(measure.title());
      for (String peer : peers) {
        text.append(" | ").append(median(topic.series(measure, peer)));
      }
      text.append(" |\n");
    }
  }

  private static String median(Series series) {
    if (series == null) {
      return NOTHING;
    }
    return number(series.median())
        + (series.size() > 1 ? " (" + number(series.spread()) + ")" : "");
  }

  private static String added(Added added) {
    if (added == null) {
      return NOTHING;
    }
    String number = (added.value() > 0 ? "+" : "") + number(added.value());
    boolean told = added.error() > 0 && Double.isFinite(added.error());
    String error = told ? " ± " + number(added.error()) : "";
    return number + error + (added.noisy() ? " ?" : "");
  }

  private static void row(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** Three digits that matter, at most two behind the point. */
  static String number(double value) {
    double size = Math.abs(value);
    String format =
        size >= 100 || value == Math.rint(value) ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() > 600 ? line.substring(0, 600) + " ..." : line;
  }
}
