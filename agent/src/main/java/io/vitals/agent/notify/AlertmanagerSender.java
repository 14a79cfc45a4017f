/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.vitals.exporter.alert.AlertEvent;
import java.util.Map;

/**
 * Posts alerts to an Alertmanager's {@code /api/v2/alerts}.
 *
 * <p>Labels: {@code alertname}, {@code severity} (as the signal says it), {@code service}, {@code
 * instance} and those of the alert; what is no letter, digit or {@code _} in a name becomes {@code
 * _}. A firing alert ends four repeats from now, as with Prometheus, so that two lost ones do no
 * harm.
 */
final class AlertmanagerSender implements Sender {
  /** As Prometheus' {@code --alertmanager.notification-queue} sends them. */
  private static final int MOST_A_REQUEST = 64;

  private final HttpPost post;
  private final long validNanos;

  /** Sends by {@code post}; {@code longestInterval} is that of the slowest group of rules. */
  AlertmanagerSender(HttpPost post, long longestInterval) {
    this.post = post;
    this.validNanos = 4 * Math.max(longestInterval, SteadyFeed.RESEND_NANOS);
  }

  @Override
  public void send(Notification notification) throws SendFailure {
    JsonArray alerts = new JsonArray();
    for (Notice notice : notification.notices) {
      alerts.add(alert(notice, notification));
      if (alerts.size() == MOST_A_REQUEST) {
        post.send(alerts.toString());
        alerts = new JsonArray();
      }
    }
    if (alerts.size() > 0) {
      post.send(alerts.toString());
    }
  }

  private JsonObject alert(Notice notice, Notification notification) {
    AlertEvent event = notice.event;
    JsonObject labels = new JsonObject();
    for (Map.Entry<String, String> label : event.labels.entrySet()) {
      labels.addProperty(name(label.getKey()), label.getValue());
    }
    labels.addProperty("alertname", event.ruleName);
    labels.addProperty("severity", event.severity.signal());
    labels.addProperty("service", notification.service.name);
    labels.addProperty("instance", notification.service.instance);
    JsonObject annotations = new JsonObject();
    annotations.addProperty("summary", event.summary);
    copy(event, "description", annotations);
    copy(event, "runbook_url", annotations);
    if (!Double.isNaN(event.value)) {
      annotations.addProperty("value", Wording.number(event.value, event.unit));
    }
    if (event.traceId != null) {
      annotations.addProperty("trace_id", event.traceId);
    }
    JsonObject alert = new JsonObject();
    alert.add("labels", labels);
    alert.add("annotations", annotations);
    long end = notice.firing ? notification.timeEpochNanos + validNanos : notice.endEpochNanos;
    // It refuses all alerts for one that ends before it starts, as with a clock just set back.
    alert.addProperty("startsAt", Rfc3339.text(Math.min(notice.startEpochNanos(), end)));
    alert.addProperty("endsAt", Rfc3339.text(end));
    String generator = event.annotations.get("generator_url");
    if (generator != null) {
      alert.addProperty("generatorURL", generator);
    }
    return alert;
  }

  private static void copy(AlertEvent event, String name, JsonObject annotations) {
    String value = event.annotations.get(name);
    if (value != null) {
      annotations.addProperty(name, value);
    }
  }

  /** A label name that Alertmanager takes. */
  static String name(String label) {
    String name = label.replaceAll("[^A-Za-z0-9_]", "_");
    return name.isEmpty() || Character.isDigit(name.charAt(0)) ? '_' + name : name;
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
