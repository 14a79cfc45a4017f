/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.resource;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads the small files in which Linux says what a process is; elsewhere there are none. */
final class ProcFiles {
  private final File root;

  ProcFiles(File root) {
    this.root = root;
  }

  /** The lines of a file, none if it cannot be read. */
  List<String> lines(String path) {
    File file = new File(root, path);
    if (!file.canRead()) {
      return Collections.emptyList();
    }
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(new FileInputStream(file), StandardCharsets.UTF_8))) {
      for (String line; (line = reader.readLine()) != null; ) {
        lines.add(line);
      }
    } catch (IOException | RuntimeException e) {
      return lines;
    }
    return lines;
  }

  /** The first line, trimmed, or null if there is none. */
  String firstLine(String path) {
    List<String> lines = lines(path);
    String line = lines.isEmpty() ? "" : lines.get(0).trim();
    return line.isEmpty() ? null : line;
  }

  /** The command line of this process, or none. */
  List<String> commandLine() {
    List<String> arguments = new ArrayList<>();
    try (InputStream stream = new FileInputStream(new File(root, "proc/self/cmdline"))) {
      byte[] bytes = MainJar.read(stream);
      String text = bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
      for (int at = 0, end; (end = text.indexOf('\0', at)) >= 0; at = end + 1) {
        arguments.add(text.substring(at, end));
      }
    } catch (IOException | RuntimeException e) {
      return Collections.emptyList();
    }
    return arguments;
  }

  /** The number of this process by {@code /proc/self}, or 0. */
  long pid() {
    try {
      String name = new File(root, "proc/self").getCanonicalFile().getName();
      return Long.parseLong(name);
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }

  /** The id of the container by control groups (version 1) or mounts (version 2), or null. */
  String containerId() {
    for (String line : lines("proc/self/cgroup")) {
      String last = line.substring(line.lastIndexOf('/') + 1);
      int end = last.endsWith(".scope") ? last.length() - 6 : last.length();
      int from = Math.max(last.lastIndexOf(':'), last.lastIndexOf('-')) + 1;
      String id = from < end ? last.substring(from, end) : "";
      if (isId(id)) {
        return id;
      }
    }
    for (String line : lines("proc/self/mountinfo")) {
      if (line.contains("/hostname")) {
        for (String part : line.split("/")) {
          if (isId(part)) {
            return part;
          }
        }
      }
    }
    return null;
  }

  private static boolean isId(String text) {
    if (text.length() != 64) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }
}
