/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.vitals.exporter.alert.AlertEvent;
import java.util.Map;

/** Posts messages to a Slack incoming webhook: a title, and an attachment for each alert. */
final class SlackSender implements Sender {
  /** Slack folds or refuses longer texts of an attachment. */
  private static final int LONGEST = 3000;

  private static final int MOST_FIELDS = 10;

  private final HttpPost post;

  SlackSender(HttpPost post) {
    this.post = post;
  }

  @Override
  public void send(Notification notification) throws SendFailure {
    post.send(message(notification).toString());
  }

  static JsonObject message(Notification notification) {
    JsonObject message = new JsonObject();
    String remark = Wording.remark(notification);
    String title = Wording.title(notification);
    message.addProperty("text", escaped(remark.isEmpty() ? title : title + "\n" + remark));
    JsonArray attachments = new JsonArray();
    for (Notice notice : notification.notices) {
      if (attachments.size() == Wording.MOST_SHOWN) {
        JsonObject more = new JsonObject();
        int left = notification.notices.size() - Wording.MOST_SHOWN;
        more.addProperty("fallback", "and " + left + " more");
        more.addProperty("text", "and " + left + " more");
        attachments.add(more);
        break;
      }
      attachments.add(attachment(notice, notification.service));
    }
    message.add("attachments", attachments);
    return message;
  }

  private static JsonObject attachment(Notice notice, ServiceIdentity service) {
    AlertEvent event = notice.event;
    JsonObject attachment = new JsonObject();
    attachment.addProperty("fallback", escaped(event.ruleName + ": " + event.summary));
    attachment.addProperty("color", color(notice));
    attachment.addProperty("title", escaped(event.ruleName + " " + notice.status()));
    if (event.runbookUrl() != null) {
      attachment.addProperty("title_link", event.runbookUrl());
    }
    attachment.addProperty("text", escaped(event.summary));
    JsonArray fields = new JsonArray();
    field(fields, "severity", event.severity.text());
    if (!Double.isNaN(event.value)) {
      field(fields, "value", Wording.number(event.value, event.unit));
    }
    field(fields, "service", service.name);
    for (Map.Entry<String, String> label : event.labels.entrySet()) {
      if (!label.getKey().equals("severity") && fields.size() < MOST_FIELDS) {
        field(fields, label.getKey(), label.getValue());
      }
    }
    if (notice.acknowledgedBy != null) {
      field(fields, "acknowledged by", notice.acknowledgedBy);
    }
    if (notice.resolvedBy != null) {
      field(fields, "declared resolved by", notice.resolvedBy);
    }
    attachment.add("fields", fields);
    long time = notice.firing ? notice.startEpochNanos() : notice.endEpochNanos;
    attachment.addProperty("ts", time / 1_000_000_000L);
    return attachment;
  }

  private static void field(JsonArray fields, String title, String value) {
    JsonObject field = new JsonObject();
    field.addProperty("title", escaped(title));
    field.addProperty("value", escaped(value));
    field.addProperty("short", value.length() < 40);
    fields.add(field);
  }

  private static String color(Notice notice) {
    if (!notice.firing) {
      return "#2eb67d";
    }
    switch (notice.event.severity) {
      case CRITICAL:
        return "#a30200";
      case HIGH:
        return "#e01e5a";
      case MEDIUM:
        return "#ecb22e";
      default:
        return "#439fe0";
    }
  }

  /** Slack's three control characters, and its length. */
  private static String escaped(String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    return cut.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public String peer() {
    return post.peer();
  }

  @Override
  public void cancel() {
    post.cancel();
  }
}
