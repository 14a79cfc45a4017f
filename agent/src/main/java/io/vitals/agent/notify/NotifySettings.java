/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.vitals.agent.host.OwnChannelType;
import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What the alerts file says of notifications. Immutable. */
final class NotifySettings {
  /** Each has a thread while it has something to say. */
  static final int MOST_CHANNELS = 32;

  /** The default of groups of rules. */
  private static final long USUAL_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

  final Map<String, ChannelSettings> channels;
  final List<Silence> silences;
  final List<Inhibition> inhibitions;

  /** The labels to group by; null for all of them. */
  final List<String> groupBy;

  final long groupWaitNanos;
  final long groupIntervalNanos;

  private NotifySettings(
      YamlNode root, Map<String, String> environment, Map<String, OwnChannelType> ownTypes)
      throws FileFault {
    groupBy = groupBy(root);
    groupWaitNanos = ChannelSettings.duration(root, "group_wait", 10, true, 86_400);
    groupIntervalNanos = ChannelSettings.duration(root, "group_interval", 300, false, 86_400);
    silences = Silence.read(root);
    inhibitions = Inhibition.read(root);
    channels = channels(root, environment, ownTypes);
  }

  /** Reads the fields of {@link Notifier#FIELDS}; others are somebody else's. */
  static NotifySettings read(
      YamlNode root, Map<String, String> environment, Map<String, OwnChannelType> ownTypes)
      throws FileFault {
    return new NotifySettings(root, environment, ownTypes);
  }

  private static List<String> groupBy(YamlNode root) throws FileFault {
    if (root.field("group_by") == null) {
      return Collections.singletonList("alertname");
    }
    List<String> labels = new ArrayList<>();
    for (YamlNode item : root.items("group_by")) {
      if (item.text().equals("...")) {
        return null;
      }
      labels.add(item.text());
    }
    return labels;
  }

  private static Map<String, ChannelSettings> channels(
      YamlNode root, Map<String, String> environment, Map<String, OwnChannelType> ownTypes)
      throws FileFault {
    long longestInterval = longestInterval(root);
    Map<String, ChannelSettings> channels = new LinkedHashMap<>();
    for (YamlNode item : root.items("channels")) {
      ChannelSettings channel = new ChannelSettings(item, environment, ownTypes, longestInterval);
      if (channels.put(channel.name, channel) != null) {
        throw item.needed("name").fault("a second " + channel.name, "each name once");
      }
      if (channels.size() > MOST_CHANNELS) {
        throw item.fault("more than " + MOST_CHANNELS + " channels", "fewer");
      }
    }
    for (YamlNode item : root.items("channels")) {
      YamlNode escalate = item.field("escalate");
      if (escalate == null) {
        continue;
      }
      String to = escalate.needed("to").text();
      if (!channels.containsKey(to) || to.equals(item.needed("name").text())) {
        throw escalate.needed("to").expected("the name of another channel");
      }
    }
    return channels;
  }

  private static long longestInterval(YamlNode root) throws FileFault {
    long longest = USUAL_INTERVAL_NANOS;
    for (YamlNode group : root.items("groups")) {
      longest = Math.max(longest, group.durationNanos("interval", USUAL_INTERVAL_NANOS));
    }
    return longest;
  }

  /** The labels and values by which an alert is grouped. */
  SortedMap<String, String> groupLabels(TrackedAlert alert) {
    SortedMap<String, String> labels = new TreeMap<>();
    if (groupBy == null) {
      labels.putAll(alert.labels);
      // It may change while the alert lasts.
      labels.remove("severity");
      return labels;
    }
    for (String label : groupBy) {
      String value = alert.labels.get(label);
      if (value != null) {
        labels.put(label, value);
      }
    }
    return labels;
  }
}
