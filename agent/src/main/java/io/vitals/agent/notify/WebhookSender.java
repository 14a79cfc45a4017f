/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Posts JSON to an address: by default in the form of Alertmanager's webhook (version 4), so that
 * what receives those understands it, or in that of a {@link Template}.
 *
 * <p>Beside Alertmanager's fields an alert has {@code state}, {@code severity}, {@code summary},
 * {@code value}, {@code threshold}, {@code operator}, {@code unit}, {@code ruleId}, {@code
 * traceId}, {@code acknowledgedBy} and {@code resolvedBy}, each if there is one; the whole has
 * {@code service}, {@code instance}, {@code title}, {@code kind} and {@code leftOut}.
 */
final class WebhookSender implements Sender {
  private final String channel;
  private final HttpPost post;

  /** Null for the form of Alertmanager. */
  private final Template template;

  WebhookSender(String channel, HttpPost post, Template template) {
    this.channel = channel;
    this.post = post;
    this.template = template;
  }

  @Override
  public void send(Notification notification) throws SendFailure {
    post.send(
        template == null
            ? body(channel, notification).toString()
            : template.render(channel, notification));
  }

  static JsonObject body(String channel, Notification notification) {
    JsonObject body = new JsonObject();
    body.addProperty("version", "4");
    body.addProperty("groupKey", "{}:" + notification.groupLabels);
    body.addProperty("truncatedAlerts", 0);
    body.addProperty("status", notification.status());
    body.addProperty("receiver", channel);
    body.add("groupLabels", object(notification.groupLabels));
    TreeMap<String, String> labels = null;
    TreeMap<String, String> annotations = null;
    for (Notice notice : notification.notices) {
      labels = common(labels, notice.labels);
      annotations = common(annotations, notice.event.annotations);
    }
    body.add("commonLabels", object(labels));
    body.add("commonAnnotations", object(annotations));
    body.addProperty("externalURL", "");
    body.add("alerts", alerts(notification));
    body.addProperty("service", notification.service.name);
    body.addProperty("instance", notification.service.instance);
    body.addProperty("title", Wording.title(notification));
    body.addProperty("kind", notification.kind.name().toLowerCase(java.util.Locale.ROOT));
    body.addProperty("leftOut", notification.leftOut);
    return body;
  }

  static JsonArray alerts(Notification notification) {
    JsonArray alerts = new JsonArray();
    for (Notice notice : notification.notices) {
      alerts.add(alert(notice));
    }
    return alerts;
  }

  private static JsonObject alert(Notice notice) {
    JsonObject alert = new JsonObject();
    alert.addProperty("status", notice.status());
    alert.add("labels", object(notice.labels));
    alert.add("annotations", object(notice.event.annotations));
    alert.addProperty("startsAt", Rfc3339.text(notice.startEpochNanos()));
    alert.addProperty(
        "endsAt", notice.firing ? "0001-01-01T00:00:00Z" : Rfc3339.text(notice.endEpochNanos));
    String generator = notice.event.annotations.get("generator_url");
    alert.addProperty("generatorURL", generator == null ? "" : generator);
    alert.addProperty("fingerprint", notice.event.fingerprint);
    alert.addProperty("state", notice.event.state.text());
    alert.addProperty("severity", notice.event.severity.text());
    alert.addProperty("summary", notice.event.summary);
    number(alert, "value", notice.event.value);
    number(alert, "threshold", notice.event.threshold);
    text(alert, "operator", notice.event.operator);
    text(alert, "unit", notice.event.unit);
    text(alert, "ruleId", notice.event.ruleId);
    text(alert, "traceId", notice.event.traceId);
    text(alert, "acknowledgedBy", notice.acknowledgedBy);
    text(alert, "resolvedBy", notice.resolvedBy);
    return alert;
  }

  private static void number(JsonObject to, String name, double value) {
    if (!Double.isNaN(value) && !Double.isInfinite(value)) {
      to.addProperty(name, value);
    }
  }

  private static void text(JsonObject to, String name, String value) {
    if (value != null) {
      to.addProperty(name, value);
    }
  }

  private static JsonObject object(Map<String, String> map) {
    JsonObject object = new JsonObject();
    map.forEach(object::addProperty);
    return object;
  }

  private static TreeMap<String, String> common(
      SortedMap<String, String> so, Map<String, String> more) {
    if (so == null) {
      return new TreeMap<>(more);
    }
    TreeMap<String, String> both = new TreeMap<>(so);
    both.entrySet().removeIf(entry -> !entry.getValue().equals(more.get(entry.getKey())));
    return both;
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
