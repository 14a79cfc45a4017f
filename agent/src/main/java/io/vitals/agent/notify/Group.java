/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** Alerts that one notification tells of together. */
final class Group {
  private static final Comparator<Member> WORST_FIRST =
      Comparator.comparing((Member member) -> member.alert.event.severity).reversed();

  final SortedMap<String, String> labels;
  final Set<Member> members = new LinkedHashSet<>();

  /** What the last notification said of each: whether it fires. */
  final Map<Member, Boolean> spoken = new LinkedHashMap<>();

  /** When it may speak next. */
  long dueNanos;

  /** When the last notification was found delivered. */
  long sentNanos;

  /** Whether the rate limit holds something back, which is counted once. */
  boolean limited;

  /** The last notification, until its outcome is taken notice of. */
  Notification last;

  Group(SortedMap<String, String> labels, long dueNanos) {
    this.labels = labels;
    this.dueNanos = dueNanos;
  }

  /** Whether a notification is still on its way: the next one waits for its outcome. */
  boolean isWaiting() {
    return last != null && last.outcome() == Notification.Outcome.WAITING;
  }

  void spoke(
      Notification next, List<Member> fresh, List<Member> known, List<Member> ended, long now) {
    last = next;
    limited = false;
    spoken.clear();
    fresh.forEach(member -> spoken.put(member, true));
    known.forEach(member -> spoken.put(member, true));
    ended.forEach(member -> spoken.put(member, false));
    for (Member member : fresh) {
      if (member.handedNanos == 0) {
        member.handedNanos = now;
      }
    }
  }

  /** What is said of them: those that fire first, the worst of them at the top. */
  static List<Notice> notices(List<Member> fresh, List<Member> known, List<Member> ended) {
    List<Member> firing = new ArrayList<>(fresh);
    firing.addAll(known);
    firing.sort(WORST_FIRST);
    List<Notice> notices = new ArrayList<>();
    for (Member member : firing) {
      notices.add(new Notice(member.alert, fresh.contains(member)));
    }
    List<Member> over = new ArrayList<>(ended);
    over.sort(WORST_FIRST);
    over.forEach(member -> notices.add(new Notice(member.alert, true)));
    return notices;
  }
}
