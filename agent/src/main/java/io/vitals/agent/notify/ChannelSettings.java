/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.vitals.agent.host.OwnChannelType;
import io.vitals.exporter.alert.Severity;
import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What the file says of one channel. Immutable. */
final class ChannelSettings {
  static final String[] COMMON = {
    "name",
    "type",
    "severities",
    "labels",
    "send_resolved",
    "timeout",
    "retries",
    "retry_delay",
    "rate_limit",
    "repeat_interval",
    "cooldown",
    "escalate"
  };

  final String name;
  final String type;
  final Set<Severity> severities;
  final List<Matcher> labels;
  final boolean sendResolved;
  final long timeoutNanos;
  final int retries;
  final long retryDelayNanos;
  final int mostPerHour;
  final long repeatNanos;
  final long cooldownNanos;

  /** The channel that is told next, or null. */
  final String escalateTo;

  final long escalateAfterNanos;
  final Sender sender;

  /**
   * Reads one item of {@code channels}.
   *
   * @param ownTypes the types of channels that extensions bring
   * @param longestInterval how long the slowest group of rules takes between two evaluations
   */
  ChannelSettings(
      YamlNode node,
      Map<String, String> environment,
      Map<String, OwnChannelType> ownTypes,
      long longestInterval)
      throws FileFault {
    name = node.needed("name").text();
    if (!name.matches("[A-Za-z0-9_.-]{1,64}")) {
      throw node.needed("name").expected("a name of letters, digits, '-', '_' and '.'");
    }
    type = node.needed("type").text();
    SenderReader reader = new SenderReader(node, environment, ownTypes, longestInterval);
    String[] own = reader.fieldsOf(type);
    List<String> fields = new ArrayList<>();
    java.util.Collections.addAll(fields, COMMON);
    java.util.Collections.addAll(fields, own);
    node.onlyFields(fields.toArray(new String[0]));
    severities = severities(node);
    labels = Matcher.read(node, "labels");
    sendResolved = node.flag("send_resolved", true);
    timeoutNanos = duration(node, "timeout", 10, false, 300);
    retries = (int) node.integer("retries", 3, 0, 20);
    retryDelayNanos = duration(node, "retry_delay", 1, true, 600);
    mostPerHour = (int) node.integer("rate_limit", 60, 1, RateLimit.MOST_PER_HOUR);
    repeatNanos = duration(node, "repeat_interval", 4 * 3600, false, 365 * 86_400);
    cooldownNanos = duration(node, "cooldown", 0, true, 7 * 86_400);
    YamlNode escalate = node.field("escalate");
    if (escalate == null) {
      escalateTo = null;
      escalateAfterNanos = 0;
    } else {
      escalate.onlyFields("to", "after");
      escalateTo = escalate.needed("to").text();
      escalate.needed("after");
      escalateAfterNanos = duration(escalate, "after", 0, true, 7 * 86_400);
    }
    sender = reader.read(name, type, timeoutNanos);
  }

  private static Set<Severity> severities(YamlNode node) throws FileFault {
    if (node.field("severities") == null) {
      return EnumSet.allOf(Severity.class);
    }
    Set<Severity> severities = EnumSet.noneOf(Severity.class);
    for (YamlNode item : node.items("severities")) {
      Severity severity = Severity.of(item.text());
      if (severity == null) {
        throw item.expected("low, medium, high or critical");
      }
      severities.add(severity);
    }
    if (severities.isEmpty()) {
      throw node.field("severities").fault("an empty list", "at least one severity");
    }
    return severities;
  }

  /** A duration in nanoseconds; default and upper bound in seconds. */
  static long duration(YamlNode node, String field, long byDefault, boolean mayBeNone, long most)
      throws FileFault {
    long nanos = node.durationNanos(field, TimeUnit.SECONDS.toNanos(byDefault));
    // Any time that is one will do, down to a millisecond for a peer on the same machine.
    long shortest = mayBeNone ? 0 : TimeUnit.MILLISECONDS.toNanos(1);
    if (nanos < shortest || nanos > TimeUnit.SECONDS.toNanos(most)) {
      throw node.field(field)
          .expected((mayBeNone ? "a duration" : "a duration above 0") + " up to " + most + "s");
    }
    return nanos;
  }

  /** Whether an alert is this channel's. */
  boolean wants(TrackedAlert alert) {
    return severities.contains(alert.event.severity) && Matcher.all(labels, alert.labels);
  }
}
