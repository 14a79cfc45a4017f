/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.resource;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * Finds {@code spring.application.name} where Spring Boot looks for it: command line, system
 * property, environment, configuration files in the working folder, in the jar, on the class path.
 */
final class SpringFiles {
  private static final String NAME = "spring.application.name";
  private static final String[] FILES = {
    "application.properties",
    "application.yml",
    "application.yaml",
    "bootstrap.properties",
    "bootstrap.yml",
    "bootstrap.yaml"
  };

  private final String command;
  private final String property;
  private final String environment;
  private final File folder;
  private final ClassLoader classPath;

  SpringFiles(
      String command, String property, String environment, File folder, ClassLoader classPath) {
    this.command = command;
    this.property = property;
    this.environment = environment;
    this.folder = folder;
    this.classPath = classPath;
  }

  static SpringFiles ofThisProcess() {
    return new SpringFiles(
        System.getProperty("sun.java.command", ""),
        System.getProperty(NAME),
        System.getenv("SPRING_APPLICATION_NAME"),
        new File("."),
        ClassLoader.getSystemClassLoader());
  }

  String applicationName(MainJar jar) {
    String name = plain(argument());
    name = name == null ? plain(property) : name;
    name = name == null ? plain(environment) : name;
    for (int i = 0; name == null && i < FILES.length; i++) {
      name = in(FILES[i], file(new File(folder, FILES[i])));
    }
    for (int i = 0; name == null && i < FILES.length; i++) {
      name = in(FILES[i], jar.entry("BOOT-INF/classes/" + FILES[i]));
    }
    for (int i = 0; name == null && i < FILES.length; i++) {
      name = in(FILES[i], resource(FILES[i]));
    }
    return name;
  }

  private String argument() {
    String option = "--" + NAME + "=";
    int at = command.indexOf(" " + option);
    if (at < 0) {
      return null;
    }
    int from = at + 1 + option.length();
    int end = command.indexOf(' ', from);
    return command.substring(from, end < 0 ? command.length() : end);
  }

  private static byte[] file(File file) {
    if (!file.isFile()) {
      return null;
    }
    try (InputStream stream = new FileInputStream(file)) {
      return MainJar.read(stream);
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private byte[] resource(String name) {
    try (InputStream stream = classPath.getResourceAsStream(name)) {
      return stream == null ? null : MainJar.read(stream);
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private static String in(String fileName, byte[] content) {
    if (content == null) {
      return null;
    }
    if (!fileName.endsWith(".properties")) {
      return plain(yaml(new String(content, StandardCharsets.UTF_8)));
    }
    Properties properties = new Properties();
    try {
      properties.load(new ByteArrayInputStream(content));
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
    return plain(properties.getProperty(NAME));
  }

  /** The value under nested or dotted keys; block mappings are all that is read of YAML. */
  private static String yaml(String text) {
    String[] keys = new String[64];
    int[] indents = new int[64];
    int depth = 0;
    for (String line : text.split("\r?\n")) {
      String content = line.trim();
      int colon = content.indexOf(':');
      if (content.startsWith("---") || content.startsWith("#") || colon <= 0) {
        depth = content.startsWith("---") ? 0 : depth;
        continue;
      }
      int indent = line.indexOf(content.charAt(0));
      while (depth > 0 && indents[depth - 1] >= indent) {
        depth--;
      }
      String key = content.substring(0, colon).trim();
      String path = depth == 0 ? key : keys[depth - 1] + "." + key;
      String value = content.substring(colon + 1).trim();
      if (path.equals(NAME)) {
        return unquoted(value);
      }
      if (depth < keys.length) {
        keys[depth] = path;
        indents[depth++] = indent;
      }
    }
    return null;
  }

  private static String unquoted(String value) {
    char first = value.isEmpty() ? 0 : value.charAt(0);
    if (first == '"' || first == '\'') {
      int close = value.indexOf(first, 1);
      return close < 0 ? value.substring(1) : value.substring(1, close);
    }
    int comment = value.indexOf(" #");
    return comment < 0 ? value : value.substring(0, comment).trim();
  }

  /** A name that needs resolving is not one we can tell. */
  private static String plain(String name) {
    return name == null || name.trim().isEmpty() || name.contains("${") || name.contains("@")
        ? null
        : name.trim();
  }
}
