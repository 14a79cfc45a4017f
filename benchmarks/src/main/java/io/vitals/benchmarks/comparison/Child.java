/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.benchmarks.comparison;

import io.vitals.benchmarks.CpuTime;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that this one started: it answers lines with lines and ends with its standard input.
 *
 * <p>What it costs is read where the kernel keeps it, in {@code /proc}.
 */
final class Child implements AutoCloseable {
  /** What an answer begins with; agents print lines of their own. */
  static final String ANSWER = "= ";

  /** The slowest thing a child does: a start with an agent on a machine that others use too. */
  private static final long PATIENCE_SECONDS = 180;

  /** {@code getconf CLK_TCK} on every Linux of today. */
  private static final double MILLIS_A_TICK = 10;

  private final Process process;
  private final List<String> command;
  private final Path errors;
  private final long startNanos;
  private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

  private Child(Process process, List<String> command, Path errors, long startNanos) {
    this.process = process;
    this.command = command;
    this.errors = errors;
    this.startNanos = startNanos;
    Thread reader = new Thread(this::read, "answers of a child");
    reader.setDaemon(true);
    reader.start();
  }

  /** How long ago the process was started. */
  double ageSeconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  /** Starts a JVM; nothing of the environment that would configure an agent is inherited. */
  static Child start(Jdk jdk, List<String> flags, Class<?> program, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(jdk.java());
    command.addAll(flags);
    command.add("-classpath");
    command.add(ClassPath.ofPrograms());
    command.add(program.getName());
    command.addAll(List.of(arguments));
    Path errors = Files.createTempFile("vitals-benchmark", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().keySet().removeIf(Child::configuresAnAgent);
    builder.directory(new File(System.getProperty("java.io.tmpdir")));
    long startNanos = System.nanoTime();
    return new Child(builder.start(), command, errors, startNanos);
  }

  private static boolean configuresAnAgent(String variable) {
    return variable.startsWith("OTEL_")
        || variable.startsWith("VITALS_")
        || variable.startsWith("ELASTIC_")
        || variable.startsWith("DD_")
        || variable.endsWith("JAVA_OPTIONS")
        || variable.equals("JAVA_TOOL_OPTIONS");
  }

  private void read() {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(ANSWER)) {
          answers.add(Optional.of(line.substring(ANSWER.length())));
        }
      }
    } catch (IOException broken) {
      // The same as the end of it.
    }
    answers.add(Optional.empty());
  }

  /** The next answer; the first comes without a question. */
  String answer() {
    try {
      Optional<String> answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (answer != null && answer.isPresent()) {
        return answer.get();
      }
      throw new IllegalStateException(
          (answer == null ? "no answer in " + PATIENCE_SECONDS + " s" : "ended early")
              + ": "
              + this);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks, and returns the answer. */
  String ask(String question) {
    try {
      process.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new IllegalStateException("takes no question: " + this, e);
    }
    return answer();
  }

  /** Since it was started. */
  double millis() {
    return (System.nanoTime() - startNanos) / 1e6;
  }

  /** CPU time of all its threads so far, in steps of 10 ms. */
  double cpuMillis() {
    return Proc.cpuTicks(proc("stat")) * MILLIS_A_TICK;
  }

  /** CPU time so far without the JVM's compilers, see {@link CpuTime}. */
  double cpuMillisWithoutCompilers() {
    return CpuTime.nanosWithoutCompilers(process.pid()) / 1e6;
  }

  /** Its resident memory, in KiB. */
  double residentKib() {
    return Proc.number(proc("status"), "VmRSS");
  }

  /** Its threads, the JVM's own among them. */
  double threads() {
    return Proc.number(proc("status"), "Threads");
  }

  private String proc(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
    } catch (IOException e) {
      throw new UncheckedIOException("no figures of " + this, e);
    }
  }

  /** Closes its standard input and waits for its end; returns the status. */
  int finish() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("does not end: " + this);
      }
      return process.exitValue();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("does not end: " + this, e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      Files.deleteIfExists(errors);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("cannot be put away: " + this, e);
    }
  }

  @Override
  public String toString() {
    String said;
    try {
      said = Files.readString(errors);
    } catch (IOException e) {
      said = e.toString();
    }
    return String.join(" ", command) + "\n" + said.substring(Math.max(0, said.length() - 4000));
  }
}
