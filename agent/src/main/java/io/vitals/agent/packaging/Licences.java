/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.packaging;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps the licence and notice files of the libraries that the jar contains, and a list of all of
 * them; a library whose licence nobody has looked at stops the build.
 */
final class Licences {
  private static final String FOLDER = "META-INF/licenses/";

  /** How the names of jars begin, and what their authors license them under. */
  private static final String[][] CHECKED = {
    {"angus-core-", "EPL-2.0 OR GPL-2.0 WITH Classpath-exception-2.0"},
    {"HdrHistogram-", "BSD-2-Clause OR CC0-1.0"},
    {"annotations-", "Apache-2.0"},
    {"byte-buddy-", "Apache-2.0"},
    {"gson-", "Apache-2.0"},
    {"jakarta.activation-api-", "BSD-3-Clause OR EPL-2.0"},
    {"jakarta.mail-api-", "EPL-2.0 OR GPL-2.0 WITH Classpath-exception-2.0"},
    {"jctools-", "Apache-2.0"},
    {"jspecify-", "Apache-2.0"},
    {"kotlin-", "Apache-2.0"},
    {"okhttp-", "Apache-2.0"},
    {"okio-", "Apache-2.0"},
    {"opentelemetry-", "Apache-2.0"},
    {"slf4j-", "MIT"},
    {"snakeyaml-engine-", "Apache-2.0"},
    {"smtp-", "EPL-2.0 OR GPL-2.0 WITH Classpath-exception-2.0"},
    {"vitals-", "Apache-2.0"},
  };

  private final TreeMap<String, byte[]> files = new TreeMap<>();
  private final TreeMap<String, String> libraries = new TreeMap<>();

  /** Takes the file if it is a licence or notice. */
  boolean take(Path element, String name, byte[] bytes) {
    String library = element.getFileName().toString();
    if (library.endsWith(".jar")) {
      libraries.computeIfAbsent(library.replace(".jar", ""), Licences::licence);
    }
    String file = name.startsWith("META-INF/") ? name.substring("META-INF/".length()) : name;
    String upper = file.toUpperCase(Locale.ROOT);
    if (!upper.startsWith("LICENSE") && !upper.startsWith("NOTICE")) {
      return false;
    }
    files.put(FOLDER + library.replace(".jar", "") + "/" + file.replace('/', '-'), bytes);
    return true;
  }

  private static String licence(String library) {
    for (String[] checked : CHECKED) {
      if (library.startsWith(checked[0])) {
        return checked[1];
      }
    }
    throw new IllegalStateException(
        library + " has no checked licence: look it up and add it to " + Licences.class.getName());
  }

  void addTo(Map<String, byte[]> entries) {
    StringBuilder list = new StringBuilder("What this jar contains, and its licence:\n\n");
    libraries.forEach((library, id) -> list.append(library).append("  ").append(id).append('\n'));
    files.put(FOLDER + "README.txt", list.toString().getBytes(StandardCharsets.UTF_8));
    entries.putAll(files);
  }
}
