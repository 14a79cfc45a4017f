/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Feeds an Alertmanager, which groups, inhibits and repeats by itself: every firing alert each
 * minute, and each one that has ended for five more.
 *
 * <p>Only silences and maintenance windows hold alerts back here.
 */
final class SteadyFeed extends Feed {
  /** As Prometheus' {@code --rules.alert.resend-delay}. */
  static final long RESEND_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final long RESOLVED_FOR_NANOS = TimeUnit.MINUTES.toNanos(5);

  /** An Alertmanager that is down is asked again after the channel's own retries. */
  private static final long AFTER_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Set<String> escalated = new HashSet<>();
  private Notification last;
  private long lastNanos;
  private long dueNanos = Long.MAX_VALUE;

  /** An alert that Alertmanager knows or is to know. */
  private static final class Entry {
    final TrackedAlert alert;
    boolean firing = true;
    boolean told;
    boolean unanswered;
    long handedNanos;

    Entry(TrackedAlert alert) {
      this.alert = alert;
    }
  }

  SteadyFeed(Channel channel, ServiceIdentity service) {
    super(channel, service);
  }

  @Override
  void changed(TrackedAlert alert, long now) {
    Entry entry = entries.get(alert.fingerprint);
    boolean wanted = channel.settings().wants(alert) || escalated.contains(alert.fingerprint);
    if (entry == null && alert.isFiring() && wanted) {
      entries.put(alert.fingerprint, new Entry(alert));
      dueNanos = now;
    } else if (entry != null && entry.firing != alert.isFiring()) {
      entry.firing = alert.isFiring();
      entry.unanswered = false;
      dueNanos = now;
    }
  }

  @Override
  void escalate(TrackedAlert alert, long now) {
    escalated.add(alert.fingerprint);
    changed(alert, now);
  }

  @Override
  void work(long now, Mutes mutes) {
    if (last != null) {
      if (last.outcome() == Notification.Outcome.WAITING) {
        return;
      }
      settle(now);
    }
    if (now < dueNanos && now - lastNanos < RESEND_NANOS) {
      return;
    }
    List<Notice> notices = new ArrayList<>();
    for (Iterator<Entry> each = entries.values().iterator(); each.hasNext(); ) {
      Entry entry = each.next();
      boolean ended = !entry.firing;
      if (ended && now - entry.alert.endedNanos > RESOLVED_FOR_NANOS) {
        each.remove();
        escalated.remove(entry.alert.fingerprint);
      } else if (ended ? entry.told : !mutes.isSilenced(entry.alert)) {
        notices.add(new Notice(entry.alert, true));
        entry.told = true;
        entry.handedNanos = entry.handedNanos == 0 ? now : entry.handedNanos;
      }
    }
    lastNanos = now;
    dueNanos = Long.MAX_VALUE;
    if (!notices.isEmpty()) {
      last =
          new Notification(
              Notification.Kind.CHANGE, new TreeMap<>(), notices, service, mutes.nowEpochNanos, 0);
      if (!channel.offer(last)) {
        last = null;
        dueNanos = now + AFTER_FAILURE_NANOS;
      }
    }
  }

  private void settle(long now) {
    if (last.outcome() == Notification.Outcome.FAILED) {
      dueNanos = Math.min(dueNanos, now + AFTER_FAILURE_NANOS);
    }
    last = null;
  }

  @Override
  void hurry(long now) {
    // What is due is due at once anyway.
  }

  @Override
  void addUnanswered(List<TrackedAlert> unanswered, long now, Mutes mutes) {
    ChannelSettings settings = channel.settings();
    for (Entry entry : entries.values()) {
      if (!entry.unanswered
          && entry.firing
          && entry.handedNanos != 0
          && !entry.alert.isAcknowledged()
          && now - entry.handedNanos >= settings.escalateAfterNanos
          && mutes.of(entry.alert) == null) {
        entry.unanswered = true;
        unanswered.add(entry.alert);
      }
    }
  }

  @Override
  boolean hasToldOf(TrackedAlert alert) {
    Entry entry = entries.get(alert.fingerprint);
    return entry != null && entry.told;
  }

  @Override
  boolean hasHandedOver(TrackedAlert alert) {
    return hasToldOf(alert);
  }

  @Override
  boolean holds(TrackedAlert alert) {
    return entries.containsKey(alert.fingerprint);
  }

  @Override
  void configure(NotifySettings settings, ChannelSettings channelSettings, long now) {
    channel.configure(channelSettings);
  }
}
