/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.vitals.exporter.alert.AlertEvent;
import java.io.IOException;

/**
 * Sends events to PagerDuty's Events API v2, one for each alert that has changed; the fingerprint
 * is the key by which PagerDuty makes them one incident.
 */
final class PagerDutySender implements Sender {
  static final String URL = "https://events.pagerduty.com/v2/enqueue";

  /** The API's limits. */
  private static final int LONGEST_SUMMARY = 1024;

  private final HttpPost post;
  private final Secret routingKey;

  PagerDutySender(HttpPost post, Secret routingKey) {
    this.post = post;
    this.routingKey = routingKey;
  }

  @Override
  public void send(Notification notification) throws SendFailure {
    boolean all = notification.kind == Notification.Kind.REPEAT;
    for (Notice notice : notification.notices) {
      if (all || notice.changed) {
        post.send(event(notice, notification).toString());
      }
    }
  }

  private JsonObject event(Notice notice, Notification notification) throws SendFailure {
    JsonObject event = new JsonObject();
    try {
      event.addProperty("routing_key", routingKey.get());
    } catch (IOException e) {
      throw new SendFailure(Reason.REJECTED, "routing_key_file cannot be read any more");
    }
    event.addProperty("event_action", action(notice, notification));
    event.addProperty("dedup_key", notice.event.fingerprint);
    event.addProperty("client", "vitals");
    if (notice.firing) {
      event.add("payload", payload(notice, notification.service));
      String runbook = notice.event.runbookUrl();
      if (runbook != null) {
        JsonObject link = new JsonObject();
        link.addProperty("href", runbook);
        link.addProperty("text", "Runbook");
        JsonArray links = new JsonArray();
        links.add(link);
        event.add("links", links);
      }
    }
    return event;
  }

  private static String action(Notice notice, Notification notification) {
    if (!notice.firing) {
      return "resolve";
    }
    return notification.kind == Notification.Kind.ACKNOWLEDGEMENT ? "acknowledge" : "trigger";
  }

  private static JsonObject payload(Notice notice, ServiceIdentity service) {
    AlertEvent event = notice.event;
    JsonObject payload = new JsonObject();
    String summary = event.ruleName + ": " + event.summary;
    payload.addProperty(
        "summary",
        summary.length() > LONGEST_SUMMARY ? summary.substring(0, LONGEST_SUMMARY) : summary);
    payload.addProperty("source", service.instance.isEmpty() ? service.name : service.instance);
    payload.addProperty("severity", event.severity.signal());
    payload.addProperty("timestamp", Rfc3339.text(notice.startEpochNanos()));
    payload.addProperty("component", service.name);
    payload.addProperty("class", event.ruleType);
    JsonObject details = new JsonObject();
    event.labels.forEach(details::addProperty);
    if (!Double.isNaN(event.value)) {
      details.addProperty("value", Wording.number(event.value, event.unit));
    }
    if (event.annotations.get("description") != null) {
      details.addProperty("description", event.annotations.get("description"));
    }
    if (event.traceId != null) {
      details.addProperty("trace_id", event.traceId);
    }
    payload.add("custom_details", details);
    return payload;
  }

  @Override
  public boolean takesAcknowledgements() {
    return true;
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
