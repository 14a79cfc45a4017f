/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.config;

import io.vitals.bootstrap.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settings in force, each with the place it came from.
 *
 * <p>An agent argument wins over a system property, that over an environment variable, that over
 * the file that {@code vitals.config.file} or {@code otel.javaagent.configuration-file} names. A
 * value that cannot be used leaves the default in force and adds one line to {@link #problems()}.
 * Values are read when asked for; an empty one is as if it were not there.
 *
 * <p>Thread-safe. Runs before {@code main}, so it uses no lambda, regular expression, logger or
 * {@code java.nio.file}.
 */
public final class Config {
  private final Map<String, Setting> settings;
  private final Set<String> hookSwitches = Collections.synchronizedSet(new HashSet<String>());
  private final Set<String> problems = Collections.synchronizedSet(new LinkedHashSet<String>());

  private Config(Map<String, Setting> settings, List<String> problems) {
    this.settings = settings;
    this.problems.addAll(problems);
  }

  /**
   * Reads all sources.
   *
   * @param agentArguments what follows {@code -javaagent:…=}: {@code name=value;name=value}, or
   *     null
   */
  public static Config read(String agentArguments) {
    List<String> problems = new ArrayList<>();
    Map<?, ?> properties = Collections.emptyMap();
    Map<String, String> environment = Collections.emptyMap();
    try {
      // A copy, because other agents' threads may set properties meanwhile.
      properties = (Map<?, ?>) System.getProperties().clone();
      environment = System.getenv();
    } catch (SecurityException e) {
      problems.add("system properties or environment not readable: " + e.getMessage());
    }
    return of(agentArguments, properties, environment, problems);
  }

  /** The settings of given sources; what {@link #read} does with the process's own. */
  public static Config of(
      String agentArguments, Map<?, ?> systemProperties, Map<String, String> environment) {
    return of(agentArguments, systemProperties, environment, new ArrayList<String>());
  }

  private static Config of(
      String arguments, Map<?, ?> properties, Map<String, String> env, List<String> problems) {
    return new Config(ConfigReader.read(arguments, properties, env, problems), problems);
  }

  /** Whether the agent is to do anything at all. */
  public boolean enabled() {
    return flag("vitals.enabled", true) && flag("otel.javaagent.enabled", true);
  }

  /** Where the value of {@code name} came from, for people to read, or null if it is not set. */
  public String origin(String name) {
    Setting setting = settings.get(ConfigReader.normal(name));
    return setting == null ? null : setting.origin;
  }

  /** The text, trimmed, or the default. */
  public String string(String name, String byDefault) {
    Setting setting = settings.get(ConfigReader.normal(name));
    return setting == null ? byDefault : setting.value;
  }

  /** {@code true} or {@code false} in any case. */
  public boolean flag(String name, boolean byDefault) {
    String text = string(name, null);
    if (text == null) {
      return byDefault;
    }
    if (text.equalsIgnoreCase("true")) {
      return true;
    }
    if (!text.equalsIgnoreCase("false")) {
      problem(name, "true or false", String.valueOf(byDefault));
      return byDefault;
    }
    return false;
  }

  /** A whole number of at least {@code least}. */
  public int integer(String name, int byDefault, int least) {
    String text = string(name, null);
    if (text == null) {
      return byDefault;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= least) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    problem(name, "a whole number of at least " + least, String.valueOf(byDefault));
    return byDefault;
  }

  /** A number within bounds, both included. */
  public double number(String name, double byDefault, double least, double most) {
    String text = string(name, null);
    if (text == null) {
      return byDefault;
    }
    try {
      double value = Double.parseDouble(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    String expected = most == Double.MAX_VALUE ? "at least " + least : least + " to " + most;
    problem(name, "a number, " + expected, String.valueOf(byDefault));
    return byDefault;
  }

  /** A duration in milliseconds, rounded down; see {@link Durations}. */
  public long durationMillis(String name, long byDefault) {
    String text = string(name, null);
    if (text == null) {
      return byDefault;
    }
    long nanos = Durations.nanos(text);
    if (nanos < 0) {
      problem(name, "a duration such as 500 (milliseconds), 10s or 2m", byDefault + " ms");
      return byDefault;
    }
    return nanos / 1_000_000;
  }

  /** The parts between commas, trimmed, without empty ones. */
  public List<String> list(String name, List<String> byDefault) {
    String text = string(name, null);
    return text == null ? byDefault : split(text);
  }

  /** {@code k=v,k=v} in its order, keys and values trimmed and percent-decoded. */
  public Map<String, String> map(String name) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String pair : list(name, Collections.<String>emptyList())) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        problem(name, "key=value pairs separated by commas", "the pairs that can be read");
        continue;
      }
      map.put(
          PercentCode.decode(pair.substring(0, equals).trim()),
          PercentCode.decode(pair.substring(equals + 1).trim()));
    }
    return map;
  }

  /**
   * {@code type[method,method];type[method]}: the methods' names by their type's, in their order.
   */
  public Map<String, List<String>> methods(String name) {
    return string(name, null) == null
        ? Collections.<String, List<String>>emptyMap()
        : new NamedMethods(this, name).read();
  }

  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (at <= text.length()) {
      int comma = text.indexOf(',', at);
      int end = comma < 0 ? text.length() : comma;
      String part = text.substring(at, end).trim();
      if (!part.isEmpty()) {
        parts.add(part);
      }
      at = end + 1;
    }
    return parts;
  }

  /**
   * Whether a hook is on: {@code vitals.instrumentation.<name>.enabled} and {@code
   * otel.instrumentation.<name>.enabled} of any of its names, the first name first; then {@code
   * otel.instrumentation.common.default-enabled}.
   */
  public boolean hookEnabled(Collection<String> names, boolean byDefault) {
    String asked = null;
    for (String name : names) {
      String ours = "vitals.instrumentation." + name + ".enabled";
      String standard = "otel.instrumentation." + name + ".enabled";
      boolean own = origin(ours) != null;
      if (own) {
        hookSwitches.add(ConfigReader.normal(ours));
      }
      if (asked == null && (own || origin(standard) != null)) {
        asked = own ? ours : standard;
      }
    }
    if (asked != null) {
      return flag(asked, byDefault);
    }
    return byDefault && flag("otel.instrumentation.common.default-enabled", true);
  }

  /** What woven code needs to know. */
  public Settings bootstrapSettings() {
    return BootstrapSettings.of(this);
  }

  /**
   * Names of settings that are set but change nothing here, as the user wrote them; with the value
   * where another one is what is done. A switch of a hook is known once {@link #hookEnabled} was
   * asked for the hook.
   */
  public List<String> withoutEffect() {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, Setting> entry : settings.entrySet()) {
      Setting setting = entry.getValue();
      if (!hookSwitches.contains(entry.getKey())
          && !EffectiveNames.contains(entry.getKey(), setting.fromEnvironment)) {
        names.add(setting.name);
      } else if (!EffectiveNames.heeds(entry.getKey(), setting.value)) {
        names.add(setting.name + "=" + OneLine.of(setting.value));
      }
    }
    Collections.sort(names);
    return names;
  }

  /**
   * All settings that begin with {@code otel.}, by their name in the form in which the SDK asks.
   */
  public Map<String, String> standard() {
    Map<String, String> values = new HashMap<>();
    for (Map.Entry<String, Setting> entry : settings.entrySet()) {
      if (entry.getKey().startsWith("otel.")) {
        values.put(entry.getKey(), entry.getValue().value);
      }
    }
    return values;
  }

  /** One line for each value that could not be used, in the order in which they were found. */
  public List<String> problems() {
    synchronized (problems) {
      return new ArrayList<>(problems);
    }
  }

  /** Notes that a value cannot be used; the same line is noted once. */
  public void problem(String name, String expected, String used) {
    Setting setting = settings.get(ConfigReader.normal(name));
    String value =
        setting == null ? "" : Secrets.isSecret(name) ? "=***" : "=" + OneLine.of(setting.value);
    String from = setting == null ? "" : " (" + setting.origin + ")";
    problems.add(name + value + from + ": expected " + expected + "; using " + used);
  }
}
