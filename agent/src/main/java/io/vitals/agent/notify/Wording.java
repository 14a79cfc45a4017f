/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.vitals.exporter.alert.AlertEvent;
import java.util.Locale;
import java.util.Map;

/** Puts notifications into the words that people read. */
final class Wording {
  /** Alerts that a text shows one by one; who gets more looks at the whole anyway. */
  static final int MOST_SHOWN = 20;

  private Wording() {}

  /** One line, such as {@code [FIRING: 2] SlowCheckout, critical (shop)}. */
  static String title(Notification notification) {
    int firing = notification.firing();
    int count = firing > 0 ? firing : notification.notices.size();
    AlertEvent worst = notification.worst().event;
    StringBuilder title = new StringBuilder("[");
    title.append(notification.status().toUpperCase(Locale.ROOT));
    if (count > 1) {
      title.append(": ").append(count);
    }
    title.append("] ").append(worst.ruleName);
    title.append(", ").append(worst.severity.text());
    title.append(" (").append(notification.service.name).append(')');
    // It becomes a header of a mail.
    return title.toString().replaceAll("\\p{Cntrl}+", " ");
  }

  /** Why this one is sent, if that is not plain; or an empty text. */
  static String remark(Notification notification) {
    String remark;
    switch (notification.kind) {
      case REPEAT:
        remark = "Still firing.";
        break;
      case ESCALATION:
        remark = "Escalated: nobody has acknowledged it.";
        break;
      case ACKNOWLEDGEMENT:
        remark = "Acknowledged by " + notification.worst().acknowledgedBy + '.';
        break;
      case TEST:
        remark = "This is a test.";
        break;
      default:
        remark = "";
    }
    if (notification.leftOut > 0) {
      String held = notification.leftOut + " notifications were left out by the rate limit.";
      remark = remark.isEmpty() ? held : remark + ' ' + held;
    }
    return remark;
  }

  /** Some lines about one alert. */
  static String about(Notice notice) {
    AlertEvent event = notice.event;
    StringBuilder text = new StringBuilder();
    text.append(notice.status().toUpperCase(Locale.ROOT)).append("  ").append(event.ruleName);
    text.append("  ").append(event.severity.text()).append('\n');
    text.append("  ").append(event.summary).append('\n');
    String description = event.annotations.get("description");
    if (description != null && !description.equals(event.summary)) {
      text.append("  ").append(description).append('\n');
    }
    if (!Double.isNaN(event.value)) {
      text.append("  value ").append(number(event.value, event.unit)).append('\n');
    }
    if (!event.labels.isEmpty()) {
      text.append("  ").append(labels(event.labels)).append('\n');
    }
    text.append("  since ").append(Rfc3339.text(notice.startEpochNanos()));
    if (!notice.firing) {
      text.append(", ended ").append(Rfc3339.text(notice.endEpochNanos));
    }
    text.append('\n');
    if (notice.acknowledgedBy != null) {
      text.append("  acknowledged by ").append(notice.acknowledgedBy).append('\n');
    }
    if (notice.resolvedBy != null) {
      text.append("  declared resolved by ").append(notice.resolvedBy).append('\n');
    }
    if (event.runbookUrl() != null) {
      text.append("  runbook ").append(event.runbookUrl()).append('\n');
    }
    if (event.traceId != null) {
      text.append("  trace ").append(event.traceId).append('\n');
    }
    return text.toString();
  }

  /** The whole of a notification as plain text. */
  static String text(Notification notification) {
    StringBuilder text = new StringBuilder();
    String remark = remark(notification);
    if (!remark.isEmpty()) {
      text.append(remark).append("\n\n");
    }
    int shown = 0;
    for (Notice notice : notification.notices) {
      if (shown++ == MOST_SHOWN) {
        text.append("and ").append(notification.notices.size() - MOST_SHOWN).append(" more\n");
        break;
      }
      text.append(about(notice)).append('\n');
    }
    text.append("service ").append(notification.service.name);
    text.append(", instance ").append(notification.service.instance).append('\n');
    return text.toString();
  }

  /** A number with at most six digits, and its unit. */
  static String number(double value, String unit) {
    String number =
        value == Math.rint(value) && Math.abs(value) < 1e15
            ? Long.toString((long) value)
            : trimmed(String.format(Locale.ROOT, "%.6g", value));
    return unit == null || unit.isEmpty() || unit.equals("1") ? number : number + ' ' + unit;
  }

  private static String trimmed(String number) {
    return number.indexOf('.') < 0 || number.indexOf('e') >= 0
        ? number
        : number.replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  /** Such as {@code http.route=/checkout team=shop}. */
  static String labels(Map<String, String> labels) {
    StringBuilder text = new StringBuilder();
    labels.forEach(
        (name, value) ->
            text.append(text.length() == 0 ? "" : " ").append(name).append('=').append(value));
    return text.toString();
  }
}
