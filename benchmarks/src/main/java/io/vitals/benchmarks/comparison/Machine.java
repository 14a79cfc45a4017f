/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import io.vitals.benchmarks.peer.Peer;
import io.vitals.benchmarks.peer.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** Says on which machine, with which JDKs and with which versions of the agents was measured. */
final class Machine {
  private Machine() {}

  static String describe(List<Jdk> jdks, List<Peer> peers) throws IOException {
    StringBuilder text = new StringBuilder("# Cost of the agents\n\n");
    text.append(LocalDate.now(ZoneOffset.UTC))
        .append("; ")
        .append(Proc.text(Files.readString(Path.of("/proc/cpuinfo")), "model name"))
        .append(", ")
        .append(Runtime.getRuntime().availableProcessors())
        .append(" cores; ")
        .append(System.getProperty("os.name"))
        .append(' ')
        .append(System.getProperty("os.version"))
        .append("; at the start: ")
        .append(load())
        .append("; ")
        .append(String.join(", ", jdks.stream().map(Jdk::description).toList()))
        .append("\n\n| agent | version | jar |\n|---|---|--:|\n");
    for (Map.Entry<String, Path> product : products(peers).entrySet()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.1f MB |%n",
              product.getKey(),
              version(product.getValue()),
              Files.size(product.getValue()) / 1e6));
    }
    return text.toString();
  }

  /** The load average of the last minute. */
  static String load() throws IOException {
    return "load average " + Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
  }

  private static Map<String, Path> products(List<Peer> peers) {
    Map<String, Path> products = new LinkedHashMap<>();
    for (Peer peer : peers) {
      Path jar = Peers.JARS.resolve(peer.product() + ".jar");
      if (Files.isRegularFile(jar)) {
        products.put(peer.product(), jar);
      }
    }
    return products;
  }

  private static String version(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Attributes manifest = file.getManifest().getMainAttributes();
      String version = manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
      return version == null ? "not told" : version;
    }
  }
}
