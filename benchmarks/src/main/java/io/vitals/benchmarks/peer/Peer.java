/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An agent under comparison: its name and the flags with which a JVM gets it.
 *
 * @param name the file's name without {@code .args}; up to the first dash it names the jar
 * @param traces the share of requests whose trace has to arrive, 0 to 1
 * @param lines the flags as they stand in the file, with {@code ${jar}} and {@code ${endpoint}}
 * @param methods the flags more with which the agent measures the methods of the comparison
 */
public record Peer(String name, double traces, List<String> lines, List<String> methods) {
  static final String JAR = "${jar}";
  static final String ENDPOINT = "${endpoint}";

  /** The name of the peer without any agent. */
  public static final String NONE = "none";

  /** The name of what hardware and JDK ask for the same spans; in memory only. */
  public static final String FLOOR = "floor";

  /** The name of Vitals as a user gets it. */
  public static final String VITALS = "vitals";

  /** The name of OpenTelemetry's agent as it is shipped. */
  public static final String OPENTELEMETRY = "opentelemetry";

  /** The same with the flags that name the methods. */
  public Peer ofMethods() {
    List<String> all = new ArrayList<>(lines);
    all.addAll(methods);
    return new Peer(name, traces, all, methods);
  }

  /** Whether it can be measured with methods: its file names them, or it is no agent. */
  public boolean takesMethods() {
    return !methods.isEmpty() || lines.stream().noneMatch(line -> line.contains(JAR));
  }

  /** The product: {@code opentelemetry} for {@code opentelemetry-lean}. */
  public String product() {
    int dash = name.indexOf('-');
    return dash < 0 ? name : name.substring(0, dash);
  }

  /**
   * The flags of a JVM.
   *
   * @param jars the folder with a jar named after each product
   * @param endpoint the base URL of the receiver
   */
  public List<String> flags(Path jars, String endpoint) {
    List<String> flags = new ArrayList<>();
    for (String line : lines) {
      flags.add(
          (line.contains(JAR) ? line.replace(JAR, jar(jars).toString()) : line)
              .replace(ENDPOINT, endpoint));
    }
    return flags;
  }

  private Path jar(Path jars) {
    Path jar = jars.resolve(product() + ".jar").toAbsolutePath().normalize();
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          "peer " + name + " needs " + jar + ": build with -Pbenchmarks, which brings it");
    }
    return jar;
  }
}
