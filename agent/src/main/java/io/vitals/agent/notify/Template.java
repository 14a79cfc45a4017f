/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.vitals.exporter.alert.AlertEvent;
import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlNode;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSON text with placeholders, such as {@code {"text": "{{ $alert.summary }}", "n": {{ $count
 * }}}}.
 *
 * <p>Within a JSON string a placeholder becomes escaped text, elsewhere a whole JSON value; so what
 * was valid JSON with sample values, which is tried when the file is read, is valid with any.
 *
 * <p>Placeholders: {@code $alert.X} of the worst alert, where X is {@code name}, {@code rule},
 * {@code summary}, {@code severity}, {@code state}, {@code status}, {@code fingerprint}, {@code
 * value}, {@code threshold}, {@code operator}, {@code unit}, {@code started}, {@code ended}, {@code
 * runbook_url}, {@code trace_id}, {@code acknowledged_by}, {@code resolved_by}, {@code labels.Y} or
 * {@code annotations.Y}; {@code $alerts} (all of them, as in the default form), {@code $count},
 * {@code $status}, {@code $kind}, {@code $title}, {@code $text}, {@code $time}, {@code $left_out},
 * {@code $channel}, {@code $service.name}, {@code $service.instance}.
 */
final class Template {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{\\s*\\$([A-Za-z_][A-Za-z0-9_.:-]*)\\s*}}");

  private static final Pattern UNFINISHED = Pattern.compile("\\{\\{\\s*\\$");

  /** What the text begins with, and what follows each placeholder. */
  private final List<String> literals = new ArrayList<>();

  private final List<String> names = new ArrayList<>();

  /** Whether each placeholder stands within a JSON string. */
  private final List<Boolean> quoted = new ArrayList<>();

  private Template(String text) {
    Matcher placeholder = PLACEHOLDER.matcher(text);
    int at = 0;
    boolean inString = false;
    while (placeholder.find()) {
      String literal = text.substring(at, placeholder.start());
      inString = endsInString(literal, inString);
      literals.add(literal);
      names.add(placeholder.group(1));
      quoted.add(inString);
      at = placeholder.end();
    }
    literals.add(text.substring(at));
  }

  private static boolean endsInString(String literal, boolean beginsInString) {
    boolean inString = beginsInString;
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if (c == '\\' && inString) {
        i++;
      } else if (c == '"') {
        inString = !inString;
      }
    }
    return inString;
  }

  /** Reads {@code template}; null if there is none. */
  static Template read(YamlNode owner, String channel) throws FileFault {
    YamlNode node = owner.field("template");
    if (node == null) {
      return null;
    }
    Template template = new Template(node.text());
    Notification sample = TestAlert.notification(new ServiceIdentity("service", "instance"), 0);
    for (String name : template.names) {
      if (template.value(name, channel, sample) == null) {
        throw node.fault(
            "{{ $" + name + " }}", "a placeholder such as {{ $alert.summary }} or {{ $title }}");
      }
    }
    for (String literal : template.literals) {
      if (UNFINISHED.matcher(literal).find()) {
        throw node.fault("\"{{ $\" without a name and \"}}\"", "{{ $name }}");
      }
    }
    String problem = problem(template.render(channel, sample));
    if (problem != null) {
      throw node.fault("a template that is no JSON " + problem, "JSON with {{ $name }} in it");
    }
    return template;
  }

  /** Where a text stops being JSON; or null. The text itself may be secret. */
  private static String problem(String json) {
    JsonReader reader = new JsonReader(new StringReader(json));
    reader.setStrictness(Strictness.STRICT);
    try {
      boolean read = JsonParser.parseReader(reader) != null;
      return read && reader.peek() == JsonToken.END_DOCUMENT ? null : "at its end";
    } catch (IOException | JsonParseException | IllegalStateException e) {
      Matcher place = Pattern.compile("line (\\d+)").matcher(String.valueOf(e.getMessage()));
      return place.find() ? "in its line " + place.group(1) : "at its end";
    }
  }

  /** The text for a notification; always JSON. */
  String render(String channel, Notification notification) {
    StringBuilder json = new StringBuilder(literals.get(0));
    for (int i = 0; i < names.size(); i++) {
      JsonElement value = value(names.get(i), channel, notification);
      json.append(quoted.get(i) ? withinString(value) : value.toString());
      json.append(literals.get(i + 1));
    }
    return json.toString();
  }

  private static String withinString(JsonElement value) {
    if (value.isJsonNull()) {
      return "";
    }
    String text = value.isJsonPrimitive() ? value.getAsString() : value.toString();
    String string = new JsonPrimitive(text).toString();
    return string.substring(1, string.length() - 1);
  }

  /** Null if there is no such placeholder. */
  private JsonElement value(String name, String channel, Notification of) {
    if (name.startsWith("alert.")) {
      return alertValue(name.substring("alert.".length()), of.worst());
    }
    switch (name) {
      case "alerts":
        return WebhookSender.alerts(of);
      case "count":
        return new JsonPrimitive(of.notices.size());
      case "left_out":
        return new JsonPrimitive(of.leftOut);
      case "status":
        return text(of.status());
      case "kind":
        return text(of.kind.name().toLowerCase(java.util.Locale.ROOT));
      case "title":
        return text(Wording.title(of));
      case "text":
        return text(Wording.text(of));
      case "time":
        return text(Rfc3339.text(of.timeEpochNanos));
      case "channel":
        return text(channel);
      case "service.name":
        return text(of.service.name);
      case "service.instance":
        return text(of.service.instance);
      default:
        return null;
    }
  }

  private static JsonElement alertValue(String name, Notice notice) {
    AlertEvent event = notice.event;
    if (name.startsWith("labels.")) {
      return text(notice.labels.get(name.substring("labels.".length())));
    }
    if (name.startsWith("annotations.")) {
      return text(event.annotations.get(name.substring("annotations.".length())));
    }
    switch (name) {
      case "name":
        return text(event.ruleName);
      case "rule":
        return text(event.ruleId);
      case "summary":
        return text(event.summary);
      case "severity":
        return text(event.severity.text());
      case "state":
        return text(event.state.text());
      case "status":
        return text(notice.status());
      case "fingerprint":
        return text(event.fingerprint);
      case "value":
        return number(event.value);
      case "threshold":
        return number(event.threshold);
      case "operator":
        return text(event.operator);
      case "unit":
        return text(event.unit);
      case "started":
        return text(Rfc3339.text(notice.startEpochNanos()));
      case "ended":
        return text(notice.firing ? null : Rfc3339.text(notice.endEpochNanos));
      case "runbook_url":
        return text(event.runbookUrl());
      case "trace_id":
        return text(event.traceId);
      case "acknowledged_by":
        return text(notice.acknowledgedBy);
      case "resolved_by":
        return text(notice.resolvedBy);
      default:
        return null;
    }
  }

  private static JsonElement text(String value) {
    return new JsonPrimitive(value == null ? "" : value);
  }

  private static JsonElement number(double value) {
    return Double.isNaN(value) || Double.isInfinite(value)
        ? JsonNull.INSTANCE
        : new JsonPrimitive(value);
  }
}
