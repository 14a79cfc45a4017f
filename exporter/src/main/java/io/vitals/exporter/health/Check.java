/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.health;

import io.vitals.exporter.rule.Expression;
import io.vitals.exporter.rule.ExpressionFault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/** One value that says how a component is doing, and its two bounds; immutable. */
final class Check {
  private static final String DATABASE =
      " by (db.system.name, db.namespace, server.address, server.port)";
  private static final String HOST = " by (server.address, server.port)";

  /**
   * The share of the threads that wait for a monitor, over a minute. By those that do not wait,
   * because a state that no thread is in has no value. How many threads there are says nothing:
   * pools grow with the load, and that is what they are for.
   */
  private static final String BLOCKED =
      "1 - avg(jvm.thread.count{jvm.thread.state!=\"blocked\"}[1m]) / avg(jvm.thread.count[1m])";

  /** Fewer calls than this say nothing about a minute. */
  private static final int FEW_CALLS = 5;

  final String component;
  final String name;
  final Expression expression;
  final Bounds bounds;

  /** Fewer samples than this are no data. */
  final long fewest;

  private Check(
      String component,
      String name,
      String expression,
      double degraded,
      double unhealthy,
      long fewest) {
    this.component = component;
    this.name = name;
    this.bounds = new Bounds(degraded, unhealthy);
    this.fewest = fewest;
    try {
      this.expression = Expression.parseValue(expression);
    } catch (ExpressionFault fault) {
      throw new IllegalStateException(expression, fault);
    }
  }

  /** What is looked at everywhere. */
  static List<Check> standard() {
    List<Check> all = new ArrayList<>();
    String heap = "{jvm.memory.type=\"heap\"}";
    process(
        all,
        "heap after collection",
        "jvm.memory.used_after_last_gc" + heap + " / jvm.memory.limit" + heap,
        0.8,
        0.9);
    process(all, "time in collection", "sum(jvm.gc.duration[1m]) / 1m", 0.1, 0.2);
    process(all, "processor", "avg(jvm.cpu.recent_utilization[1m])", 0.8, 0.95);
    process(all, "blocked threads", BLOCKED, 0.1, 0.3);
    process(all, "deadlocked threads", "vitals.thread.deadlocked", 0.5, 1);
    process(
        all,
        "file descriptors",
        "jvm.file_descriptor.count / jvm.file_descriptor.limit",
        0.8,
        0.95);
    process(
        all,
        "disk",
        "max(system.filesystem.utilization) by (system.filesystem.mountpoint)",
        0.85,
        0.95);
    calls(all, "requests", "http.server", "");
    calls(all, "database", "db.client", DATABASE);
    calls(all, "http", "http.client", HOST);
    all.add(
        new Check(
            "pool",
            "waiting for a connection",
            "sum(db.client.connection.pending_requests) by (db.client.connection.pool.name)",
            1,
            10,
            0));
    return Collections.unmodifiableList(all);
  }

  private static void process(
      List<Check> to, String name, String expression, double degraded, double unhealthy) {
    to.add(new Check("process", name, expression, degraded, unhealthy, 0));
  }

  private static void calls(List<Check> to, String component, String metric, String by) {
    to.add(
        new Check(
            component, "errors", "error_rate(" + metric + "[1m])" + by, 0.05, 0.5, FEW_CALLS));
    // Against its own last hour; 100 ms on both sides, so that a fast one may triple unnoticed.
    String now = "(p99(" + metric + "[1m])" + by + " + 100ms)";
    String usual = "(p99(" + metric + "[1h])" + by + " + 100ms)";
    to.add(new Check(component, "p99 beside its own", now + " / " + usual, 2, 5, FEW_CALLS));
  }

  /** What a group of the check is a part of, such as {@code database postgresql shop db1:5432}. */
  String component(SortedMap<String, String> labels) {
    StringBuilder text = new StringBuilder(component);
    if (component.equals("process")) {
      return component;
    }
    append(text, " ", labels.get("db.system.name"));
    append(text, " ", labels.get("db.namespace"));
    append(text, " ", labels.get("server.address"));
    append(text, ":", labels.get("server.port"));
    append(text, " ", labels.get("db.client.connection.pool.name"));
    return text.toString();
  }

  /** What tells a group within its component, such as the file system. */
  String name(SortedMap<String, String> labels) {
    String mount = labels.get("system.filesystem.mountpoint");
    return mount == null ? name : name + " " + mount;
  }

  private static void append(StringBuilder to, String before, String text) {
    if (text != null && !text.isEmpty()) {
      to.append(before).append(text);
    }
  }
}
