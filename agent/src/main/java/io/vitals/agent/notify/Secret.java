/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlNode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;

/**
 * A value that no log line and no message may show: given in the file itself, by the name of an
 * environment variable, or by the name of a file.
 *
 * <p>A file is read anew each time, so that a rotated secret is taken up.
 */
final class Secret {
  /** A key or an address; a file that is longer is the wrong one. */
  private static final int LONGEST = 64 * 1024;

  private final String value;
  private final File file;

  private Secret(String value, File file) {
    this.value = value;
    this.file = file;
  }

  /** Reads {@code name}, {@code name_env} or {@code name_file}; null if there is none of them. */
  static Secret read(YamlNode owner, String name, Map<String, String> environment)
      throws FileFault {
    Secret found = null;
    for (String suffix : new String[] {"", "_env", "_file"}) {
      YamlNode node = owner.field(name + suffix);
      if (node == null) {
        continue;
      }
      if (found != null) {
        throw node.fault(name + suffix + " beside another " + name, "one of them");
      }
      found = of(node, suffix, environment);
    }
    return found;
  }

  /** As {@link #read}, but it has to be there. */
  static Secret needed(YamlNode owner, String name, Map<String, String> environment)
      throws FileFault {
    Secret found = read(owner, name, environment);
    if (found == null) {
      throw owner.fault(
          "no \"" + name + '"', "one of " + name + ", " + name + "_env, " + name + "_file");
    }
    return found;
  }

  static Secret of(YamlNode node, String suffix, Map<String, String> environment) throws FileFault {
    String text = node.text();
    if (suffix.equals("_env")) {
      String set = environment.get(text);
      if (set == null || set.isEmpty()) {
        throw node.fault("no environment variable " + text, "the name of one that is set");
      }
      return new Secret(set, null);
    }
    if (suffix.equals("_file")) {
      Secret secret = new Secret(null, new File(text));
      try {
        secret.get();
      } catch (IOException e) {
        throw node.fault("no readable file " + text, "a file that holds the value");
      }
      return secret;
    }
    return new Secret(text, null);
  }

  /** A value that is nobody's secret. */
  static Secret open(String value) {
    return new Secret(value, null);
  }

  /** The same without {@code end}, if it ends so; only for what is not read from a file. */
  Secret withoutEnd(String end) {
    return value != null && value.endsWith(end)
        ? new Secret(value.substring(0, value.length() - end.length()), null)
        : this;
  }

  /** The value itself. */
  String get() throws IOException {
    if (value != null) {
      return value;
    }
    try (InputStream in = Files.newInputStream(file.toPath())) {
      byte[] bytes = new byte[LONGEST];
      int length = 0;
      for (int count = 0; count >= 0 && length < LONGEST; length += Math.max(count, 0)) {
        count = in.read(bytes, length, LONGEST - length);
      }
      return new String(bytes, 0, length, StandardCharsets.UTF_8).trim();
    }
  }

  /** Replaces the value wherever it stands in {@code text}. */
  String scrub(String text) {
    try {
      String known = get();
      // Shorter ones would blacken words.
      return known.length() < 4 ? text : text.replace(known, "***");
    } catch (IOException unreadable) {
      return text;
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
