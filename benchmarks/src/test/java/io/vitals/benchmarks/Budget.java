/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks programs, each in a JVM of its own, what an operation of theirs allocates.
 *
 * <p>They compile with C1 alone, which removes no allocation, so that the figures are exact and an
 * upper bound of what C2 leaves.
 */
public final class Budget {
  private Budget() {}

  /** The flags that attach the packaged agent; its exports fail, which costs no operation. */
  public static List<String> attached(String... options) {
    List<String> flags = new ArrayList<>(Arrays.asList(options));
    flags.add("-javaagent:" + agent());
    // Port 9 discards, where anything listens at all.
    flags.add("-Dotel.exporter.otlp.endpoint=http://localhost:9");
    return flags;
  }

  /** This class path behind the packaged agent, which would find itself in its modules' jars. */
  public static String classPath() {
    return agent() + File.pathSeparator + System.getProperty("java.class.path");
  }

  private static String agent() {
    return new File(System.getProperty("vitals.agent.jar")).getAbsolutePath();
  }

  /** Runs a program that ends with {@link LeastBytes#print}, and returns what it has printed. */
  public static long bytes(
      Class<?> program, String classPath, List<String> options, Object... arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(Arrays.asList("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(Arrays.asList("-cp", classPath, program.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("ended: " + output).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    Matcher bytes = Pattern.compile("^bytes=(\\d+)$", Pattern.MULTILINE).matcher(output);
    assertThat(bytes.find()).as(output).isTrue();
    return Long.parseLong(bytes.group(1));
  }
}
