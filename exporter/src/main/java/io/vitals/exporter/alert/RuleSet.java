/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.alert;

import io.vitals.exporter.rule.Catalogue;
import io.vitals.exporter.rule.Expression;
import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlNode;
import io.vitals.exporter.yaml.YamlReader;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All rules that are in force: those of a file, the objectives of it, and the built-in ones that it
 * does not replace.
 *
 * <p>A rule of the file that has the name of a built-in one takes its place; with {@code enabled:
 * false} the built-in one is gone. Immutable.
 */
public final class RuleSet {
  /** What stands at the top of a file. */
  private static final String[] PARTS = {
    "groups",
    "slos",
    "health",
    "channels",
    "silences",
    "maintenance",
    "inhibit",
    "group_by",
    "group_wait",
    "group_interval"
  };

  final List<RuleGroup> groups;
  final List<Slo> slos;

  private final YamlNode root;

  private RuleSet(List<RuleGroup> groups, List<Slo> slos, YamlNode root) {
    this.groups = Collections.unmodifiableList(groups);
    this.slos = Collections.unmodifiableList(slos);
    this.root = root;
  }

  /** The rules that hold where nobody has written any. */
  public static RuleSet builtIn() {
    try {
      return of(YamlNode.nothing("built-in"));
    } catch (FileFault impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Reads a file.
   *
   * @param catalogue the metrics that its rules may read
   * @throws FileFault names file, line and column of the first mistake
   * @throws IOException if the file cannot be read
   */
  public static RuleSet read(File file, Catalogue catalogue) throws FileFault, IOException {
    return of(YamlReader.read(file), catalogue);
  }

  /** Reads what stands in a file, with rules over the agent's own metrics. */
  static RuleSet of(YamlNode root) throws FileFault {
    return of(root, Catalogue.builtIn());
  }

  private static RuleSet of(YamlNode root, Catalogue catalogue) throws FileFault {
    root.onlyFields(PARTS);
    RuleReader reader = new RuleReader(catalogue);
    List<RuleReader.WrittenGroup> groups = reader.groups(root);
    Set<String> written = new HashSet<>();
    for (RuleReader.WrittenGroup group : groups) {
      for (RuleReader.Written each : group.rules) {
        written.add(each.rule.name);
      }
    }
    List<RuleGroup> all = new ArrayList<>();
    for (RuleReader.WrittenGroup group : groups) {
      List<Rule> rules = new ArrayList<>();
      for (RuleReader.Written each : group.rules) {
        if (each.enabled) {
          rules.add(each.rule);
        }
      }
      if (!rules.isEmpty()) {
        all.add(new RuleGroup(group.name, group.intervalNanos, rules));
      }
    }
    List<Rule> builtIn = BuiltInRules.all();
    builtIn.removeIf(each -> written.contains(each.name));
    if (!builtIn.isEmpty()) {
      all.add(new RuleGroup(BuiltInRules.GROUP, RuleReader.DEFAULT_INTERVAL_NANOS, builtIn));
    }
    List<Slo> slos = Slo.read(root);
    for (Slo slo : slos) {
      all.add(new RuleGroup("slo", slo.intervalNanos, slo.rules));
    }
    return new RuleSet(all, slos, root);
  }

  /** The file as it is written, for those who read the other parts; empty without a file. */
  public YamlNode root() {
    return root;
  }

  /** Everything that is evaluated. */
  List<Expression> expressions() {
    List<Expression> all = new ArrayList<>();
    for (RuleGroup group : groups) {
      for (Rule rule : group.rules) {
        all.add(rule.expression);
        if (rule.objective != null) {
          all.add(rule.objective.longShare);
          all.add(rule.objective.shortShare);
        }
      }
    }
    for (Slo slo : slos) {
      all.add(slo.spent);
    }
    return all;
  }

  /** The time between two looks: the shortest interval of a group. */
  long tickNanos() {
    long shortest = RuleReader.DEFAULT_INTERVAL_NANOS;
    for (RuleGroup group : groups) {
      shortest = Math.min(shortest, group.intervalNanos);
    }
    return shortest;
  }

  /** How many rules there are. */
  public int size() {
    int size = 0;
    for (RuleGroup group : groups) {
      size += group.rules.size();
    }
    return size;
  }
}
