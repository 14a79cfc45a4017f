/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.config;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Gathers settings from their four sources; a later source of {@link #read} wins over an earlier.
 *
 * <p>Names are compared in lower case with {@code .} for each {@code -} and {@code _}, so that one
 * form finds the other.
 */
final class ConfigReader {
  private final Map<String, Setting> settings = new HashMap<>();
  private final List<String> problems;

  private ConfigReader(List<String> problems) {
    this.problems = problems;
  }

  static Map<String, Setting> read(
      String agentArguments,
      Map<?, ?> systemProperties,
      Map<String, String> environment,
      List<String> problems) {
    ConfigReader file = new ConfigReader(problems);
    ConfigReader all = new ConfigReader(problems);
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      all.environment(variable.getKey(), variable.getValue());
    }
    for (Map.Entry<?, ?> property : systemProperties.entrySet()) {
      if (property.getKey() instanceof String && property.getValue() instanceof String) {
        all.add((String) property.getKey(), (String) property.getValue(), "system property");
      }
    }
    all.arguments(agentArguments);
    file.file(all.settings.get("vitals.config.file"));
    if (file.settings.isEmpty()) {
      file.file(all.settings.get("otel.javaagent.configuration.file"));
    }
    file.settings.putAll(all.settings);
    return file.settings;
  }

  /** The form in which names are compared. */
  static String normal(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '.').replace('_', '.');
  }

  private void add(String name, String value, String where) {
    add(normal(name), name, value, where, false);
  }

  private void add(
      String normal, String name, String value, String where, boolean fromEnvironment) {
    String trimmed = value.trim();
    if (!trimmed.isEmpty() && (normal.startsWith("otel.") || normal.startsWith("vitals."))) {
      settings.put(normal, new Setting(name, trimmed, where, fromEnvironment));
    }
  }

  private void environment(String variable, String value) {
    if (variable.startsWith("OTEL_") || variable.startsWith("VITALS_")) {
      add(normal(variable), variable, value, "environment variable " + variable, true);
    }
  }

  private void arguments(String arguments) {
    if (arguments == null) {
      return;
    }
    int at = 0;
    while (at < arguments.length()) {
      int end = endOfArgument(arguments, at);
      argument(arguments.substring(at, end).trim());
      at = end + 1;
    }
  }

  /** A list of methods has semicolons of its own: what is no pair and ends in ] goes on with it. */
  private static int endOfArgument(String arguments, int from) {
    int end = endOfPart(arguments, from);
    while (end < arguments.length()) {
      int next = endOfPart(arguments, end + 1);
      String part = arguments.substring(end + 1, next).trim();
      if (part.indexOf('=') >= 0 || !part.endsWith("]")) {
        break;
      }
      end = next;
    }
    return end;
  }

  private static int endOfPart(String arguments, int from) {
    int semicolon = arguments.indexOf(';', from);
    return semicolon < 0 ? arguments.length() : semicolon;
  }

  private void argument(String argument) {
    if (argument.isEmpty()) {
      return;
    }
    int equals = argument.indexOf('=');
    String name = equals < 0 ? argument : argument.substring(0, equals).trim();
    String normal = normal(name);
    if (equals <= 0 || !(normal.startsWith("otel.") || normal.startsWith("vitals."))) {
      problems.add(
          "agent argument '"
              + name
              + "': expected otel.<name>=<value> or vitals.<name>=<value>, separated by ';';"
              + " it is ignored");
      return;
    }
    add(name, argument.substring(equals + 1), "agent argument");
  }

  private void file(Setting path) {
    if (path == null) {
      return;
    }
    Properties properties = new Properties();
    File file = new File(path.value);
    try (Reader reader = new InputStreamReader(new FileInputStream(file), StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException | SecurityException e) {
      problems.add(
          path.name
              + "="
              + path.value
              + " ("
              + path.origin
              + "): expected a readable properties file, got "
              + e.getMessage()
              + "; the file is ignored");
      return;
    }
    for (Map.Entry<Object, Object> property : properties.entrySet()) {
      add((String) property.getKey(), (String) property.getValue(), "file " + path.value);
    }
  }
}
