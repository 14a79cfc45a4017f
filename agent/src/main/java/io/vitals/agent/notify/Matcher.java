/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What one label has to be: {@code name="value"}, {@code name!="value"}, {@code name=~"pattern"} or
 * {@code name!~"pattern"}, as Alertmanager writes them. A pattern has to match the whole value; a
 * label that is missing is empty.
 */
final class Matcher {
  private static final Pattern FORM =
      Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_.:-]*)\\s*(=~|!~|!=|=)\\s*(.*?)\\s*");

  private final String label;
  private final boolean negated;
  private final String value;
  private final Pattern pattern;

  private Matcher(String label, boolean negated, String value, Pattern pattern) {
    this.label = label;
    this.negated = negated;
    this.value = value;
    this.pattern = pattern;
  }

  /** The label has this value. */
  static Matcher equal(String label, String value) {
    return new Matcher(label, false, value, null);
  }

  /** The whole of the label's value matches. */
  static Matcher pattern(String label, String regex) {
    return new Matcher(label, false, regex, Pattern.compile(regex));
  }

  boolean matches(Map<String, String> labels) {
    String found = labels.getOrDefault(label, "");
    boolean equal = pattern == null ? value.equals(found) : pattern.matcher(found).matches();
    return equal != negated;
  }

  /** Whether all of them match; so none is everything. */
  static boolean all(List<Matcher> matchers, Map<String, String> labels) {
    for (Matcher matcher : matchers) {
      if (!matcher.matches(labels)) {
        return false;
      }
    }
    return true;
  }

  /** Reads a field that is a list of matchers, or a map of labels and the values they must have. */
  static List<Matcher> read(YamlNode owner, String field) throws FileFault {
    List<Matcher> matchers = new ArrayList<>();
    YamlNode node = owner.field(field);
    if (node == null) {
      return matchers;
    }
    if (isList(node)) {
      for (YamlNode item : node.items()) {
        matchers.add(read(item));
      }
    } else {
      for (Map.Entry<String, String> entry : owner.texts(field).entrySet()) {
        matchers.add(equal(entry.getKey(), entry.getValue()));
      }
    }
    return matchers;
  }

  /** As {@link #read(YamlNode, String)}, but there has to be one: none would match everything. */
  static List<Matcher> needed(YamlNode owner, String field) throws FileFault {
    YamlNode node = owner.needed(field);
    List<Matcher> matchers = read(owner, field);
    if (matchers.isEmpty()) {
      throw node.fault("no matchers", "at least one");
    }
    return matchers;
  }

  private static boolean isList(YamlNode node) {
    try {
      node.items();
      return true;
    } catch (FileFault aMapOrText) {
      return false;
    }
  }

  private static Matcher read(YamlNode node) throws FileFault {
    java.util.regex.Matcher parts = FORM.matcher(node.text());
    if (!parts.matches()) {
      throw node.expected("a matcher such as severity=\"critical\" or team=~\"shop|stock\"");
    }
    String operator = parts.group(2);
    String value = unquoted(parts.group(3));
    try {
      return new Matcher(
          parts.group(1),
          operator.charAt(0) == '!',
          value,
          operator.endsWith("~") ? Pattern.compile(value) : null);
    } catch (PatternSyntaxException e) {
      throw node.expected("a regular expression; " + e.getDescription());
    }
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted
        ? text.substring(1, text.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\")
        : text;
  }
}
