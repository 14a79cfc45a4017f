/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.yaml;

import io.vitals.exporter.config.Durations;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A value in a YAML file and its place: a map, a list, or a text.
 *
 * <p>Immutable. Every read that does not find what it expects throws a {@link FileFault} with the
 * place. A value that is missing or null gives the default that the caller names.
 */
public final class YamlNode {
  private final String file;
  private final int line;
  private final int column;

  /** Where the key stands that leads to this value; the value's own place where there is none. */
  private final int keyLine;

  private final int keyColumn;
  private final Map<String, YamlNode> fields;
  private final List<YamlNode> items;
  private final String text;

  private YamlNode(
      String file, int[] place, Map<String, YamlNode> fields, List<YamlNode> items, String text) {
    this.file = file;
    this.line = place[0];
    this.column = place[1];
    this.keyLine = place[2];
    this.keyColumn = place[3];
    this.fields = fields;
    this.items = items;
    this.text = text;
  }

  static YamlNode map(String file, int line, int column, Map<String, YamlNode> fields) {
    return new YamlNode(file, new int[] {line, column, line, column}, fields, null, null);
  }

  static YamlNode list(String file, int line, int column, List<YamlNode> items) {
    return new YamlNode(file, new int[] {line, column, line, column}, null, items, null);
  }

  /** What an empty file holds. */
  public static YamlNode nothing(String file) {
    return map(file, 1, 1, Collections.<String, YamlNode>emptyMap());
  }

  /** A text at a place of a file; null is nothing. */
  public static YamlNode text(String file, int line, int column, String text) {
    return new YamlNode(file, new int[] {line, column, line, column}, null, null, text);
  }

  YamlNode under(int atLine, int atColumn) {
    return new YamlNode(file, new int[] {line, column, atLine, atColumn}, fields, items, text);
  }

  /** The file, as messages name it. */
  public String file() {
    return file;
  }

  /** The line, from 1. */
  public int line() {
    return line;
  }

  /** The column, from 1. */
  public int column() {
    return column;
  }

  /** Whether there is no value: nothing after the colon, or {@code null}. */
  public boolean isNull() {
    return fields == null && items == null && text == null;
  }

  /** Whether there is a list here. */
  public boolean isList() {
    return items != null;
  }

  /** What is here is not what was expected. */
  public FileFault expected(String expected) {
    return new FileFault(file, line, column, found(), expected);
  }

  /** What is here cannot be used, for a reason of the caller's own words. */
  public FileFault fault(String found, String expected) {
    return new FileFault(file, line, column, found, expected);
  }

  private String found() {
    if (fields != null) {
      return "a map";
    }
    if (items != null) {
      return "a list";
    }
    return text == null
        ? "nothing"
        : '"' + (text.length() > 80 ? text.substring(0, 80) : text) + '"';
  }

  /** The fields of a map, in their order. */
  public Map<String, YamlNode> fields() throws FileFault {
    if (isNull()) {
      return Collections.emptyMap();
    }
    if (fields == null) {
      throw expected("a map");
    }
    return Collections.unmodifiableMap(fields);
  }

  /** Checks that a map has no other fields, so that a misspelt one is not passed over. */
  public void onlyFields(String... names) throws FileFault {
    for (Map.Entry<String, YamlNode> field : fields().entrySet()) {
      if (!Arrays.asList(names).contains(field.getKey())) {
        throw new FileFault(
            file,
            field.getValue().keyLine,
            field.getValue().keyColumn,
            '"' + field.getKey() + '"',
            "one of " + String.join(", ", names));
      }
    }
  }

  /** A field that has a value, or null. */
  public YamlNode field(String name) throws FileFault {
    YamlNode field = fields().get(name);
    return field == null || field.isNull() ? null : field;
  }

  /** A field that has to be there. */
  public YamlNode needed(String name) throws FileFault {
    YamlNode field = field(name);
    if (field == null) {
      throw new FileFault(file, line, column, "no \"" + name + '"', "a value for " + name);
    }
    return field;
  }

  /** The items of a list; none if there is no such field. */
  public List<YamlNode> items(String name) throws FileFault {
    YamlNode field = field(name);
    return field == null ? Collections.<YamlNode>emptyList() : field.items();
  }

  /** The items of this list. */
  public List<YamlNode> items() throws FileFault {
    if (items == null) {
      throw expected("a list");
    }
    return Collections.unmodifiableList(items);
  }

  /** This text. */
  public String text() throws FileFault {
    if (text == null) {
      throw expected("a text");
    }
    return text;
  }

  /** The text of a field. */
  public String text(String name, String byDefault) throws FileFault {
    YamlNode field = field(name);
    return field == null ? byDefault : field.text();
  }

  /** The texts of a field that is a map of texts, in their order. */
  public Map<String, String> texts(String name) throws FileFault {
    Map<String, String> texts = new LinkedHashMap<>();
    YamlNode field = field(name);
    if (field != null) {
      for (Map.Entry<String, YamlNode> entry : field.fields().entrySet()) {
        texts.put(entry.getKey(), entry.getValue().isNull() ? "" : entry.getValue().text());
      }
    }
    return texts;
  }

  /** The duration of a field in nanoseconds; a number alone is in seconds. */
  public long durationNanos(String name, long byDefault) throws FileFault {
    YamlNode field = field(name);
    if (field == null) {
      return byDefault;
    }
    String duration = field.text();
    boolean bare = !duration.isEmpty() && Character.isDigit(duration.charAt(duration.length() - 1));
    long nanos = Durations.nanos(bare ? duration + "s" : duration);
    if (nanos < 0) {
      throw field.expected("a duration such as 30s, 5m or 1h");
    }
    return nanos;
  }

  /** True or false of a field. */
  public boolean flag(String name, boolean byDefault) throws FileFault {
    YamlNode field = field(name);
    if (field == null) {
      return byDefault;
    }
    switch (field.text().toLowerCase(Locale.ROOT)) {
      case "true":
        return true;
      case "false":
        return false;
      default:
        throw field.expected("true or false");
    }
  }

  /** The whole number of a field, within bounds. */
  public long integer(String name, long byDefault, long least, long most) throws FileFault {
    YamlNode field = field(name);
    if (field == null) {
      return byDefault;
    }
    try {
      long value = Long.parseLong(field.text());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw field.expected("a whole number from " + least + " to " + most);
  }

  /** A share of a field as 0 to 1: {@code 99.9%} or {@code 0.999}. */
  public double share(String name, double byDefault) throws FileFault {
    YamlNode field = field(name);
    if (field == null) {
      return byDefault;
    }
    String share = field.text();
    boolean percent = share.endsWith("%");
    try {
      double number =
          Double.parseDouble(percent ? share.substring(0, share.length() - 1).trim() : share);
      double value = percent ? number / 100 : number;
      if (value >= 0 && value <= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw field.expected("a share such as 99.9% or 0.999");
  }
}
