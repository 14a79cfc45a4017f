/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One rule by which a firing alert keeps others of the same subject quiet. */
final class Inhibition {
  /** What Alertmanager's users write; each rule is tried for each alert, so there is a bound. */
  static final int MOST = 100;

  private static final Inhibition CRITICAL_FIRST =
      new Inhibition(
          Collections.singletonList(Matcher.equal("severity", "critical")),
          Collections.singletonList(Matcher.pattern("severity", "medium|low")),
          null);

  private final List<Matcher> source;
  private final List<Matcher> target;

  /** The labels that have to be equal; null for all that tell what the alert is about. */
  private final List<String> equal;

  private Inhibition(List<Matcher> source, List<Matcher> target, List<String> equal) {
    this.source = source;
    this.target = target;
    this.equal = equal;
  }

  /**
   * Reads {@code inhibit}; without it, critical alerts quiet medium and low ones about the same. An
   * empty list quiets none.
   */
  static List<Inhibition> read(YamlNode root) throws FileFault {
    if (root.fields().get("inhibit") == null) {
      return Collections.singletonList(CRITICAL_FIRST);
    }
    List<Inhibition> rules = new ArrayList<>();
    for (YamlNode item : root.items("inhibit")) {
      if (rules.size() == MOST) {
        throw item.fault("more than " + MOST + " rules", "fewer");
      }
      item.onlyFields("source_matchers", "target_matchers", "equal");
      List<String> equal = new ArrayList<>();
      for (YamlNode label : item.items("equal")) {
        equal.add(label.text());
      }
      rules.add(
          new Inhibition(
              Matcher.needed(item, "source_matchers"),
              Matcher.needed(item, "target_matchers"),
              item.field("equal") == null ? null : equal));
    }
    return rules;
  }

  /** The firing alert that keeps {@code alert} quiet, or null. */
  static TrackedAlert sourceOf(
      List<Inhibition> rules, TrackedAlert alert, Collection<TrackedAlert> alerts) {
    for (Inhibition rule : rules) {
      if (!Matcher.all(rule.target, alert.labels)) {
        continue;
      }
      boolean both = Matcher.all(rule.source, alert.labels);
      for (TrackedAlert other : alerts) {
        if (other != alert
            && other.isFiring()
            && Matcher.all(rule.source, other.labels)
            // As in Alertmanager: what is both never quiets its like.
            && !(both && Matcher.all(rule.target, other.labels))
            && rule.sameSubject(other, alert)) {
          return other;
        }
      }
    }
    return null;
  }

  private boolean sameSubject(TrackedAlert one, TrackedAlert other) {
    if (equal == null) {
      return subject(one).equals(subject(other));
    }
    for (String label : equal) {
      if (!one.labels.getOrDefault(label, "").equals(other.labels.getOrDefault(label, ""))) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, String> subject(TrackedAlert alert) {
    Map<String, String> subject = new TreeMap<>(alert.event.labels);
    subject.remove("severity");
    subject.remove("alertname");
    return subject;
  }
}
