/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;

/** A time in which nobody is told of some alerts: a silence, or a maintenance window. */
final class Silence {
  /** Each is tried for each alert that is to be told of. */
  private static final int MOST = 500;

  /** What it is called where the muted alert is shown. */
  final String name;

  private final List<Matcher> matchers;
  private final TimeWindow window;

  private Silence(String name, List<Matcher> matchers, TimeWindow window) {
    this.name = name;
    this.matchers = matchers;
    this.window = window;
  }

  /** Reads {@code silences} and {@code maintenance}. */
  static List<Silence> read(YamlNode root) throws FileFault {
    List<Silence> all = new ArrayList<>();
    for (YamlNode item : root.items("silences")) {
      item.onlyFields("matchers", "starts", "ends", "comment");
      String name = "silence \"" + item.text("comment", "without a comment") + '"';
      add(all, item, new Silence(name, Matcher.needed(item, "matchers"), TimeWindow.range(item)));
    }
    for (YamlNode item : root.items("maintenance")) {
      item.onlyFields("name", "matchers", "weekly", "starts", "ends", "comment");
      YamlNode weekly = item.field("weekly");
      if (weekly != null && (item.field("starts") != null || item.field("ends") != null)) {
        throw weekly.fault("weekly beside starts or ends", "one of them");
      }
      String name = "maintenance \"" + item.text("name", item.text("comment", "unnamed")) + '"';
      TimeWindow window = weekly == null ? TimeWindow.range(item) : TimeWindow.weekly(weekly);
      add(all, item, new Silence(name, Matcher.read(item, "matchers"), window));
    }
    return all;
  }

  private static void add(List<Silence> all, YamlNode item, Silence silence) throws FileFault {
    if (all.size() == MOST) {
      throw item.fault("more than " + MOST + " silences and windows", "fewer");
    }
    all.add(silence);
  }

  /** The first that holds for the alert now, or null. */
  static Silence of(List<Silence> silences, TrackedAlert alert, long nowEpochNanos) {
    for (Silence silence : silences) {
      if (silence.window.contains(nowEpochNanos) && Matcher.all(silence.matchers, alert.labels)) {
        return silence;
      }
    }
    return null;
  }
}
