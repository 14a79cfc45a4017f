/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.vitals.agent.attach.Question;
import io.vitals.agent.notify.Notifier;
import io.vitals.agent.notify.OpenAlert;
import io.vitals.exporter.Exporter;
import io.vitals.exporter.alert.AlertEvent;
import io.vitals.exporter.history.AlertStatistics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;

/** Answers what the command line asks the running agent, as JSON. */
final class Answers {
  private Answers() {}

  /** Writes the answer into the file that the question names; that file has to be there. */
  static void write(Question question, Agent agent) throws IOException {
    byte[] answer = answer(question.words, agent).getBytes(StandardCharsets.UTF_8);
    Files.write(
        Paths.get(question.replyFile),
        answer,
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING);
  }

  private static String answer(List<String> words, Agent agent) {
    if (agent == null) {
      return error("the agent does not run in this JVM; start it with -javaagent or attach it");
    }
    Exporter exporter = agent.exporter();
    String health = exporter == null ? null : exporter.health();
    if (health == null) {
      return error("alerts are switched off in this JVM, or it has only just started");
    }
    if (words.get(0).equals("health")) {
      return health;
    }
    if (words.size() == 1) {
      return alerts(exporter, agent.notifier());
    }
    return change(words, exporter, agent.notifier());
  }

  private static String error(String message) {
    JsonObject error = new JsonObject();
    error.addProperty("error", message);
    return error.toString();
  }

  private static String change(List<String> words, Exporter exporter, Notifier notifier) {
    boolean acknowledges = words.get(1).equals("ack");
    if (notifier == null && acknowledges) {
      return error("no channels: nobody has been told of an alert (see vitals.alerts.file)");
    }
    String fingerprint = words.get(2);
    String by = words.get(3);
    long now = System.currentTimeMillis() * 1_000_000;
    AlertEvent alert = firing(exporter, fingerprint);
    boolean done = alert != null;
    if (done && notifier != null) {
      done =
          acknowledges
              ? notifier.acknowledge(fingerprint, by, now)
              : notifier.resolve(fingerprint, by, now);
    }
    if (!done) {
      return error("no alert with the fingerprint " + fingerprint + " is firing");
    }
    exporter.history().acknowledged(alert, by, now);
    if (!acknowledges) {
      exporter.resolve(fingerprint, by, now);
    }
    JsonObject answer = new JsonObject();
    answer.addProperty(acknowledges ? "acknowledged" : "resolved", alert.ruleName);
    answer.addProperty("by", by);
    return answer.toString();
  }

  private static AlertEvent firing(Exporter exporter, String fingerprint) {
    for (AlertEvent event : exporter.alerts()) {
      if (event.state.isFiring() && event.fingerprint.equals(fingerprint)) {
        return event;
      }
    }
    return null;
  }

  private static String alerts(Exporter exporter, Notifier notifier) {
    JsonObject all = new JsonObject();
    JsonArray list = new JsonArray();
    for (AlertEvent event : exporter.alerts()) {
      JsonObject json = json(event);
      if (notifier != null) {
        for (OpenAlert open : notifier.alerts()) {
          if (open.event.fingerprint.equals(event.fingerprint)) {
            people(json, open);
          }
        }
      }
      list.add(json);
    }
    all.add("alerts", list);
    AlertStatistics statistics = exporter.history().statistics();
    JsonObject day = new JsonObject();
    JsonObject bySeverity = new JsonObject();
    statistics.bySeverity.forEach((severity, n) -> bySeverity.addProperty(severity.text(), n));
    day.add("by_severity", bySeverity);
    JsonObject byRule = new JsonObject();
    statistics.byRule.forEach(byRule::addProperty);
    day.add("by_rule", byRule);
    seconds(day, "mean_seconds_to_acknowledge", statistics.secondsToAcknowledge);
    seconds(day, "mean_seconds_to_resolve", statistics.secondsToResolve);
    all.add("last_24_hours", day);
    return all.toString();
  }

  private static void seconds(JsonObject to, String name, double value) {
    if (!Double.isNaN(value)) {
      to.addProperty(name, Math.rint(value * 1000) / 1000);
    }
  }

  private static JsonObject json(AlertEvent event) {
    JsonObject json = new JsonObject();
    json.addProperty("name", event.ruleName);
    json.addProperty("state", event.state.text());
    json.addProperty("severity", event.severity.text());
    json.addProperty("fingerprint", event.fingerprint);
    json.addProperty("since", Instant.ofEpochSecond(0, event.startEpochNanos).toString());
    json.addProperty("summary", event.summary);
    if (event.resolvedBy != null) {
      json.addProperty("resolved_by", event.resolvedBy);
    }
    JsonObject labels = new JsonObject();
    event.labels.forEach(labels::addProperty);
    json.add("labels", labels);
    return json;
  }

  private static void people(JsonObject json, OpenAlert open) {
    if (open.acknowledgedBy != null) {
      json.addProperty("acknowledged_by", open.acknowledgedBy);
    }
    if (open.resolvedBy != null) {
      json.addProperty("resolved_by", open.resolvedBy);
    }
    if (open.mutedBy != null) {
      json.addProperty("muted_by", open.mutedBy);
    }
    JsonArray told = new JsonArray();
    open.told.forEach(told::add);
    json.add("told", told);
  }
}
