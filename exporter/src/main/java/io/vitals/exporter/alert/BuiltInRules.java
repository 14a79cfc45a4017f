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
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The rules that hold where nobody has written any.
 *
 * <p>They are not read from a file, so that a process without one loads no parser for it.
 */
final class BuiltInRules {
  static final String GROUP = "vitals";

  private final List<Rule.Builder> rules = new ArrayList<>();

  private BuiltInRules() {}

  /** All of them, in the order of the manual. */
  static List<Rule> all() {
    BuiltInRules all = new BuiltInRules();
    all.add(
        "HighCpu",
        Severity.HIGH,
        5,
        "jvm.cpu.recent_utilization > 80%",
        "the process uses {{ $value }} of the processors it has");
    // After a collection: what is garbage does not count.
    all.add(
        "HighMemory",
        Severity.CRITICAL,
        3,
        "jvm.memory.used_after_last_gc{jvm.memory.type=\"heap\"}"
            + " / jvm.memory.limit{jvm.memory.type=\"heap\"} > 90%",
        "{{ $value }} of the heap is in use after a collection");
    Rule.Builder errors =
        all.add(
            "HighErrorRate",
            Severity.HIGH,
            5,
            "error_rate(http.server.request.duration[1m]) > 10%",
            "{{ $value }} of the requests fail");
    errors.minCount = 10;
    all.add(
        "SlowResponses",
        Severity.MEDIUM,
        10,
        "avg(http.server.request.duration[1m]) > 5s",
        "a request takes {{ $value }} on average");
    all.add(
        "DiskAlmostFull",
        Severity.HIGH,
        5,
        "max(system.filesystem.utilization) by (system.filesystem.mountpoint) > 85%",
        "the file system of {{ $labels.system.filesystem.mountpoint }} is {{ $value }} full");
    // Only after there were some: a series that never was has no rate.
    all.add(
        "NoRequests",
        Severity.CRITICAL,
        0,
        "rate(http.server.request.duration[15m]) == 0",
        "no request for 15 minutes");
    all.add(
        "DeadlockedThreads",
        Severity.CRITICAL,
        0,
        "vitals.thread.deadlocked > 0",
        "{{ $value }} threads wait for each other and will never go on");
    all.add(
        "HighGcTime",
        Severity.HIGH,
        5,
        "sum(jvm.gc.duration[1m]) / 1m > 20%",
        "{{ $value }} of the time goes to garbage collection");
    all.add(
        "ConnectionPoolExhausted",
        Severity.HIGH,
        1,
        "sum(db.client.connection.pending_requests) by (db.client.connection.pool.name) > 0",
        "{{ $value }} callers wait for a connection of"
            + " {{ $labels.db.client.connection.pool.name }}");
    all.add(
        "AgentDropsSpans",
        Severity.LOW,
        5,
        "increase(vitals.agent.dropped[1m]) > 0",
        "the agent has dropped {{ $value }} items within a minute");
    List<Rule> built = new ArrayList<>();
    for (Rule.Builder rule : all.rules) {
      built.add(rule.build());
    }
    return built;
  }

  private Rule.Builder add(
      String name, Severity severity, int minutes, String expression, String summary) {
    Rule.Builder rule = new Rule.Builder(GROUP, name);
    rule.severity = severity;
    rule.forNanos = TimeUnit.MINUTES.toNanos(minutes);
    rule.text = expression;
    try {
      rule.expression = Expression.parse(expression, Catalogue.builtIn());
      rule.annotations.put("summary", Template.of(YamlNode.text(name, 1, 1, summary)));
    } catch (ExpressionFault | FileFault impossible) {
      throw new IllegalStateException(name, impossible);
    }
    rules.add(rule);
    return rule;
  }
}
