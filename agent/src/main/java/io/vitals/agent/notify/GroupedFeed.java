/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Feeds a channel that people read: groups alerts, and says no more than is new.
 *
 * <pre>
 *   alert --&gt; Group (by its labels) -- group_wait, then every group_interval --&gt; Notification
 *                 ^                                                                 |
 *                 '------------------- sent, failed, rejected -----------------------'
 * </pre>
 *
 * <p>As in Alertmanager a group speaks when something new fires, when something that it told of has
 * ended, or when {@code repeat_interval} is over. A notification that could not be delivered counts
 * as never sent, so the group tries again after {@code group_interval} with what is true then.
 */
final class GroupedFeed extends Feed {
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final Map<SortedMap<String, String>, Group> groups = new LinkedHashMap<>();

  /** When each alert was last told of as firing; kept only where there is a cooldown. */
  private final Map<String, Long> toldNanos = new LinkedHashMap<>();

  private final RateLimit limit = new RateLimit();
  private long leftOut;
  private NotifySettings settings;

  GroupedFeed(Channel channel, ServiceIdentity service, NotifySettings settings) {
    super(channel, service);
    this.settings = settings;
  }

  @Override
  void changed(TrackedAlert alert, long now) {
    Member member = members.get(alert.fingerprint);
    if (member == null) {
      if (alert.isFiring() && channel.settings().wants(alert)) {
        add(alert, now + settings.groupWaitNanos);
      }
    } else if (alert.isFiring()) {
      member.hasReturned(now);
    } else {
      member.hasEnded();
    }
  }

  private Member add(TrackedAlert alert, long due) {
    Member member = new Member(alert);
    members.put(alert.fingerprint, member);
    groups
        .computeIfAbsent(settings.groupLabels(alert), labels -> new Group(labels, due))
        .members
        .add(member);
    return member;
  }

  @Override
  void escalate(TrackedAlert alert, long now) {
    Member member = members.get(alert.fingerprint);
    if (member == null) {
      member = add(alert, now);
    } else if (member.handedNanos != 0) {
      return;
    }
    member.escalation = true;
    groups.get(settings.groupLabels(alert)).dueNanos = now;
  }

  @Override
  void work(long now, Mutes mutes) {
    for (Iterator<Group> each = groups.values().iterator(); each.hasNext(); ) {
      Group group = each.next();
      if (!group.isWaiting()) {
        settle(group, now);
        if (now >= group.dueNanos) {
          group.dueNanos = now + settings.groupIntervalNanos;
          speak(group, now, mutes);
        }
      }
      if (group.members.isEmpty() && group.last == null) {
        each.remove();
      }
    }
    long cooldown = channel.settings().cooldownNanos;
    toldNanos.values().removeIf(told -> now - told >= cooldown);
  }

  /** Takes notice of what became of the last notification. */
  private void settle(Group group, long now) {
    Notification last = group.last;
    if (last == null) {
      return;
    }
    group.last = null;
    if (last.outcome() == Notification.Outcome.FAILED) {
      return;
    }
    group.sentNanos = now;
    for (Map.Entry<Member, Boolean> each : group.spoken.entrySet()) {
      Member member = each.getKey();
      if (each.getValue()) {
        member.told = true;
        if (channel.settings().cooldownNanos > 0) {
          toldNanos.put(member.alert.fingerprint, now);
        }
      } else {
        member.told = false;
        if (!member.alert.isFiring()) {
          forget(group, member);
        }
      }
    }
  }

  private void forget(Group group, Member member) {
    group.members.remove(member);
    members.remove(member.alert.fingerprint);
  }

  private void speak(Group group, long now, Mutes mutes) {
    List<Member> fresh = new ArrayList<>();
    List<Member> known = new ArrayList<>();
    List<Member> ended = new ArrayList<>();
    for (Member member : new ArrayList<>(group.members)) {
      if (!member.alert.isFiring()) {
        if (member.told && channel.settings().sendResolved) {
          ended.add(member);
        } else {
          neverTold(group, member);
        }
      } else if ((member.held = heldBack(group, member, now, mutes)) == null) {
        (member.told ? known : fresh).add(member);
      }
    }
    boolean repeat =
        known.stream().anyMatch(member -> !member.alert.isAcknowledged())
            && now - group.sentNanos >= channel.settings().repeatNanos;
    if (fresh.isEmpty() && ended.isEmpty() && !repeat) {
      return;
    }
    if (!limit.pass(channel.settings().mostPerHour, now)) {
      if (!group.limited) {
        group.limited = true;
        leftOut++;
        channel.counts.lost(Reason.RATE_LIMITED);
      }
      return;
    }
    Notification.Kind kind = kind(fresh, ended);
    Notification next =
        new Notification(
            kind,
            group.labels,
            Group.notices(fresh, known, ended),
            service,
            mutes.nowEpochNanos,
            leftOut);
    if (channel.offer(next)) {
      leftOut = 0;
      group.spoke(next, fresh, known, ended, now);
    }
  }

  private static Notification.Kind kind(List<Member> fresh, List<Member> ended) {
    if (fresh.stream().anyMatch(member -> member.escalation)) {
      return Notification.Kind.ESCALATION;
    }
    return fresh.isEmpty() && ended.isEmpty() ? Notification.Kind.REPEAT : Notification.Kind.CHANGE;
  }

  private void neverTold(Group group, Member member) {
    if (!member.told && member.held != null) {
      channel.counts.lost(member.held);
    }
    forget(group, member);
  }

  private Reason heldBack(Group group, Member member, long now, Mutes mutes) {
    Reason muted = mutes.of(member.alert);
    if (muted != null || member.told) {
      return muted;
    }
    Long told = toldNanos.get(member.alert.fingerprint);
    if (told == null) {
      return null;
    }
    long over = told + channel.settings().cooldownNanos;
    if (now >= over) {
      return null;
    }
    group.dueNanos = Math.min(group.dueNanos, over);
    return Reason.COOLDOWN;
  }

  @Override
  void hurry(long now) {
    groups.values().forEach(group -> group.dueNanos = now);
  }

  @Override
  void addUnanswered(List<TrackedAlert> unanswered, long now, Mutes mutes) {
    for (Member member : members.values()) {
      if (!member.unanswered
          && member.handedNanos != 0
          && member.alert.isFiring()
          && !member.alert.isAcknowledged()
          && now - member.handedNanos >= channel.settings().escalateAfterNanos
          && mutes.of(member.alert) == null) {
        member.unanswered = true;
        unanswered.add(member.alert);
      }
    }
  }

  @Override
  boolean hasToldOf(TrackedAlert alert) {
    Member member = members.get(alert.fingerprint);
    return member != null && member.told;
  }

  @Override
  boolean hasHandedOver(TrackedAlert alert) {
    Member member = members.get(alert.fingerprint);
    return member != null && member.handedNanos != 0;
  }

  @Override
  boolean holds(TrackedAlert alert) {
    return members.containsKey(alert.fingerprint);
  }

  @Override
  void configure(NotifySettings next, ChannelSettings channelSettings, long now) {
    channel.configure(channelSettings);
    boolean regroup = !java.util.Objects.equals(settings.groupBy, next.groupBy);
    settings = next;
    if (!regroup) {
      return;
    }
    List<Group> old = new ArrayList<>(groups.values());
    groups.clear();
    for (Group group : old) {
      // One that is still on its way is taken as sent.
      settle(group, now);
      for (Member member : group.members) {
        Group joined =
            groups.computeIfAbsent(
                settings.groupLabels(member.alert),
                labels -> new Group(labels, now + settings.groupWaitNanos));
        joined.members.add(member);
        joined.sentNanos = Math.max(joined.sentNanos, group.sentNanos);
      }
    }
  }
}
