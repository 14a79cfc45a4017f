/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import io.vitals.exporter.rule.Catalogue;
import io.vitals.exporter.rule.Expression;
import io.vitals.exporter.rule.ExpressionFault;
import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Reads the groups of rules of a file, in the shape that people know from Prometheus. */
final class RuleReader {
  /** Sees what lasts for a few seconds, and costs nothing to speak of. */
  static final long DEFAULT_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long SHORTEST_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_INTERVAL_NANOS = TimeUnit.HOURS.toNanos(1);

  /** What a second of one core can evaluate a hundred times. */
  static final int MOST_RULES = 1000;

  private static final int LONGEST_NAME = 200;

  private final Set<String> ids = new HashSet<>();
  private final Catalogue catalogue;

  /** Reads rules over these metrics. */
  RuleReader(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** A rule as it is written, and whether it is switched on. */
  static final class Written {
    final Rule rule;
    final boolean enabled;

    Written(Rule rule, boolean enabled) {
      this.rule = rule;
      this.enabled = enabled;
    }
  }

  /** A group as it is written. */
  static final class WrittenGroup {
    final String name;
    final long intervalNanos;
    final List<Written> rules = new ArrayList<>();

    WrittenGroup(String name, long intervalNanos) {
      this.name = name;
      this.intervalNanos = intervalNanos;
    }
  }

  /** The groups under {@code groups}. */
  List<WrittenGroup> groups(YamlNode root) throws FileFault {
    List<WrittenGroup> groups = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (YamlNode node : root.items("groups")) {
      node.onlyFields("name", "interval", "rules");
      String name = name(node, "name");
      if (!names.add(name)) {
        throw node.needed("name").fault("a second group " + name, "a name of its own");
      }
      WrittenGroup group = new WrittenGroup(name, interval(node));
      for (YamlNode rule : node.items("rules")) {
        group.rules.add(rule(name, rule));
      }
      groups.add(group);
    }
    return groups;
  }

  static long interval(YamlNode node) throws FileFault {
    long interval = node.durationNanos("interval", DEFAULT_INTERVAL_NANOS);
    if (interval < SHORTEST_INTERVAL_NANOS || interval > LONGEST_INTERVAL_NANOS) {
      throw node.needed("interval").expected("1s to 1h");
    }
    return interval;
  }

  static String name(YamlNode node, String field) throws FileFault {
    YamlNode name = node.needed(field);
    String text = name.text().trim();
    if (text.isEmpty() || text.length() > LONGEST_NAME) {
      throw name.expected("a name of 1 to " + LONGEST_NAME + " characters");
    }
    return text;
  }

  private Written rule(String group, YamlNode node) throws FileFault {
    node.onlyFields(
        "alert", "expr", "for", "keep_firing_for", "labels", "annotations", "min_count", "enabled");
    Rule.Builder rule = new Rule.Builder(group, name(node, "alert"));
    boolean enabled = node.flag("enabled", true);
    if (enabled || node.field("expr") != null) {
      YamlNode expr = node.needed("expr");
      rule.text = expr.text();
      rule.expression = expression(expr);
    }
    rule.forNanos = node.durationNanos("for", 0);
    rule.keepFiringNanos = node.durationNanos("keep_firing_for", 0);
    rule.minCount = node.integer("min_count", 0, 0, Long.MAX_VALUE);
    labels(rule, node);
    annotations(rule, node);
    Rule built = rule.build();
    if (!ids.add(built.id)) {
      throw node.needed("alert").fault("a second " + built.id, "a name of its own");
    }
    if (ids.size() > MOST_RULES) {
      throw node.fault("more than " + MOST_RULES + " rules", "fewer; by (label) does for many");
    }
    return new Written(built, enabled);
  }

  private Expression expression(YamlNode expr) throws FileFault {
    try {
      return Expression.parse(expr.text(), catalogue);
    } catch (ExpressionFault fault) {
      throw expr.fault(fault.found(), fault.expected() + "\n" + fault.caret());
    }
  }

  static void labels(Rule.Builder rule, YamlNode node) throws FileFault {
    rule.labels.putAll(node.texts("labels"));
    String severity = rule.labels.remove("severity");
    if (severity != null) {
      rule.severity = Severity.of(severity);
      if (rule.severity == null) {
        throw node.needed("labels").needed("severity").expected("low, medium, high or critical");
      }
    }
  }

  static void annotations(Rule.Builder rule, YamlNode node) throws FileFault {
    YamlNode annotations = node.field("annotations");
    if (annotations != null) {
      for (Map.Entry<String, YamlNode> entry : annotations.fields().entrySet()) {
        rule.annotations.put(entry.getKey(), Template.of(entry.getValue()));
      }
    }
  }
}
