/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the names of methods, {@code com.example.Orders[place,cancel];com.example.Stock[reserve]}.
 *
 * <p>What cannot be read is said with its place and left out; the rest holds.
 */
final class NamedMethods {
  private static final String FORM = "com.example.Type[method,method];com.example.Other[method]";

  private final Config config;
  private final String property;
  private final String text;
  private final Map<String, List<String>> methods = new LinkedHashMap<>();

  NamedMethods(Config config, String property) {
    this.config = config;
    this.property = property;
    this.text = config.string(property, "");
  }

  Map<String, List<String>> read() {
    int at = 0;
    while (at < text.length()) {
      int semicolon = text.indexOf(';', at);
      int end = semicolon < 0 ? text.length() : semicolon;
      if (!text.substring(at, end).trim().isEmpty()) {
        type(at, end);
      }
      at = end + 1;
    }
    return methods;
  }

  private void type(int from, int end) {
    String part = text.substring(from, end).trim();
    int at = text.indexOf(part, from);
    int open = part.indexOf('[');
    if (open < 0) {
      problem("the methods in brackets after ".concat(part), at);
      return;
    }
    if (part.indexOf(']') != part.length() - 1) {
      problem("one ']', at the end of ".concat(part), at);
      return;
    }
    String type = part.substring(0, open).trim();
    if (!isTypeName(type)) {
      problem("the name of a class, with dots and $, before ".concat(part.substring(open)), at);
      return;
    }
    methods(type, at + open + 1, at + part.length() - 1);
  }

  private void methods(String type, int from, int end) {
    List<String> names = methods.get(type);
    if (names == null) {
      names = new ArrayList<>();
    }
    int at = from;
    while (at <= end) {
      int comma = text.indexOf(',', at);
      int next = comma < 0 || comma > end ? end : comma;
      String name = text.substring(at, next).trim();
      if (!isMethodName(name)) {
        problem("the name of a method instead of '".concat(name).concat("'"), at);
      } else if (!names.contains(name)) {
        names.add(name);
      }
      at = next + 1;
    }
    if (!names.isEmpty()) {
      methods.put(type, names);
    }
  }

  private static boolean isTypeName(String name) {
    int last = name.length() - 1;
    return last >= 0
        && name.charAt(0) != '.'
        && name.charAt(last) != '.'
        && !name.contains("..")
        && isFreeOf(name, "/,*<>");
  }

  /** What the JVM allows, as other languages have more than Java; but no wildcard. */
  private static boolean isMethodName(String name) {
    return name.equals("<init>") || !name.isEmpty() && isFreeOf(name, "./[*<>");
  }

  private static boolean isFreeOf(String name, String forbidden) {
    for (int i = 0; i < name.length(); i++) {
      char next = name.charAt(i);
      if (next <= ' ' || forbidden.indexOf(next) >= 0) {
        return false;
      }
    }
    return true;
  }

  private void problem(String expected, int at) {
    config.problem(
        property,
        expected + " at character " + (at + 1) + ", as in " + FORM,
        "what else can be read");
  }
}
