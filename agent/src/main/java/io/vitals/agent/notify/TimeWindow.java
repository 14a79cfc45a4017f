/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlNode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * When something holds: between two moments, or each week on some days between two times of day.
 *
 * <p>A weekly window whose end is not after its beginning reaches into the next day.
 */
final class TimeWindow {
  private final Instant starts;
  private final Instant ends;
  private final Set<DayOfWeek> days;
  private final LocalTime from;
  private final LocalTime to;
  private final ZoneId zone;

  private TimeWindow(Instant starts, Instant ends) {
    this.starts = starts;
    this.ends = ends;
    this.days = null;
    this.from = null;
    this.to = null;
    this.zone = null;
  }

  private TimeWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
    this.starts = null;
    this.ends = null;
    this.days = days;
    this.from = from;
    this.to = to;
    this.zone = zone;
  }

  /** Reads {@code starts} and {@code ends}; a missing start is always, an end has to be there. */
  static TimeWindow range(YamlNode owner) throws FileFault {
    YamlNode start = owner.field("starts");
    YamlNode end = owner.needed("ends");
    Instant from = start == null ? Instant.MIN : instant(start);
    Instant until = instant(end);
    if (!until.isAfter(from)) {
      throw end.expected("a time after starts");
    }
    return new TimeWindow(from, until);
  }

  /** Reads {@code {days: [sat, sun], from: "22:00", to: "04:00", zone: Europe/Berlin}}. */
  static TimeWindow weekly(YamlNode node) throws FileFault {
    node.onlyFields("days", "from", "to", "zone");
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (YamlNode day : node.items("days")) {
      days.add(day(day));
    }
    if (node.field("days") == null) {
      days = EnumSet.allOf(DayOfWeek.class);
    }
    YamlNode zone = node.field("zone");
    try {
      return new TimeWindow(
          days,
          time(node.needed("from")),
          time(node.needed("to")),
          zone == null ? ZoneId.of("UTC") : ZoneId.of(zone.text()));
    } catch (DateTimeException e) {
      throw zone.expected("a time zone such as UTC or Europe/Berlin");
    }
  }

  private static Instant instant(YamlNode node) throws FileFault {
    try {
      return OffsetDateTime.parse(node.text().trim()).toInstant();
    } catch (DateTimeException e) {
      throw node.expected("a time such as 2026-08-20T22:00:00Z (RFC 3339)");
    }
  }

  private static LocalTime time(YamlNode node) throws FileFault {
    try {
      return LocalTime.parse(node.text().trim());
    } catch (DateTimeException e) {
      throw node.expected("a time of day such as \"22:00\", in quotes");
    }
  }

  private static DayOfWeek day(YamlNode node) throws FileFault {
    String text = node.text().toUpperCase(Locale.ROOT);
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().equals(text) || day.name().substring(0, 3).equals(text)) {
        return day;
      }
    }
    throw node.expected("a day of the week such as mon or sunday");
  }

  /** Whether it holds now. */
  boolean contains(long epochNanos) {
    Instant now = Rfc3339.instant(epochNanos);
    if (days == null) {
      return !now.isBefore(starts) && now.isBefore(ends);
    }
    ZonedDateTime there = now.atZone(zone);
    LocalTime time = there.toLocalTime();
    boolean today = days.contains(there.getDayOfWeek());
    if (from.isBefore(to)) {
      return today && !time.isBefore(from) && time.isBefore(to);
    }
    boolean yesterday = days.contains(there.getDayOfWeek().minus(1));
    return (today && !time.isBefore(from)) || (yesterday && time.isBefore(to));
  }
}
